"""An address of the web becomes bytes: pages, captions of videos, politely where there are many."""
