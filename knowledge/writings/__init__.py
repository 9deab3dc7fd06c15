"""What he wrote: whose a text is by its head, and posts in bundles and exports."""
