"""What the listeners share: the assistant, what it keeps in the library's database, and who does the work."""

from dataclasses import dataclass

from assistant import Assistant
from assistant.records.saved_answers import Records
from knowledge.starter.book import examples
from ui.slack.slack_settings import SlackSettings
from ui.slack.state.conversations import Threads
from ui.slack.state.preferences import Channels, Preferences
from ui.slack.state.seen_events import Seen
from ui.slack.state.unanswered import Unanswered
from ui.slack.work.workers import Crew


@dataclass(frozen=True)
class Bot:
    """The bot, apart from Slack."""

    assistant: Assistant
    settings: SlackSettings
    crew: Crew
    records: Records
    seen: Seen
    unanswered: Unanswered
    threads: Threads
    channels: Channels
    preferences: Preferences

    @classmethod
    def over(cls, assistant: Assistant, settings: SlackSettings, crew: Crew | None = None) -> "Bot":
        """Return a bot over an open assistant."""
        library = assistant.library
        return cls(
            assistant=assistant,
            settings=settings,
            crew=crew or Crew.of(settings.workers),
            records=Records(library),
            seen=Seen(library),
            unanswered=Unanswered(library),
            threads=Threads(library),
            channels=Channels(library),
            preferences=Preferences(library),
        )

    @property
    def subject(self) -> str:
        """Return the name of the person quoted."""
        return self.assistant.subject.name

    def examples(self, language: str) -> tuple[str, ...]:
        """Return questions to try: the quotation book's, where it is in the library."""
        return examples(language) if self.assistant.settings.starter else ()

    def is_listed_admin(self, user: str) -> bool:
        """Whether the operator named this person as an admin."""
        return user in self.settings.admins.split()
