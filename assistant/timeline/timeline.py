"""The timeline: what a plan of a year, drafted on a day, may say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.datatypes import Edit
from assistant.timeline.corrections import Correction, corrections
from assistant.timeline.entries import Entry
from assistant.timeline.forms import Forms, forms
from assistant.timeline.judge import judge
from assistant.timeline.observances import Observance, observances
from assistant.timeline.page import YearPage, year_page
from assistant.timeline.references import Reference, find
from assistant.timeline.refresh import refresh
from assistant.timeline.rewording import good
from assistant.timeline.table import Facts, load_facts
from assistant.timeline.verdict import Verdict
from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest

FIRST_YEAR, LAST_YEAR = 2000, 2030


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated facts and the forms they are recognised by. Every answer depends on the plan year and the drafting
    date given, never on today; the default drafting date is 15 February of the plan year.
    """

    facts: Facts
    forms: Forms

    @classmethod
    def load(cls, extra: Path | None = None) -> "Timeline":
        """The product's table, with the user's `facts.yaml` over it.

        Raises BadDocument naming file, line and entry when the user's file is malformed.
        """
        facts = load_facts(extra)
        return cls(facts, forms(facts))

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every fact by id."""
        return self.facts.entries

    def page(self, year: int, *, drafted: date | None = None, organisation: OrganisationType | None = None) -> YearPage:
        """What a plan of `year` may say. Raises BadRequest outside 2000–2030."""
        day = drafting_day(year, drafted)
        return year_page(self.facts, year, drafted=day, organisation=organisation)

    def observances(
        self, year: int, *, months: Collection[int] | None = None, organisation: OrganisationType | None = None
    ) -> tuple[Observance, ...]:
        """Dated observances of `year` touching `months` (None = all), in calendar order."""
        drafting_day(year, None)
        return observances(self.facts, year, months=months, organisation=organisation)

    def find(self, text: str) -> tuple[Reference, ...]:
        """Every reference to a dated fact, in order, without overlap."""
        return find(text, facts=self.facts, index=self.forms)

    def judge(self, reference: Reference, *, year: int, drafted: date | None = None) -> Verdict:
        """Whether the reference may stand in a plan of `year` drafted on `drafted`, and what to write instead."""
        day = drafting_day(year, drafted)
        return judge(reference, facts=self.facts, drafted=day, year=year, assumed=drafted is None)

    def judged(self, text: str, *, year: int, drafted: date | None = None) -> tuple[tuple[Reference, Verdict], ...]:
        """Every reference of a text with its verdict."""
        return tuple((each, self.judge(each, year=year, drafted=drafted)) for each in self.find(text))

    def corrections(self, text: str, *, year: int, drafted: date | None = None) -> tuple[Correction, ...]:
        """What to change in a text, in order and without overlap: references joined in one list are one correction
        whose `after` is grammatical in place. For 体检; `verdict.status` CURRENT marks only unusual forms.
        """
        day = drafting_day(year, drafted)
        return corrections(
            text, facts=self.facts, index=self.forms, drafted=day, year=year, assumed=drafted is None, history=True
        )

    def refresh(self, text: str, *, year: int, drafted: date | None = None) -> tuple[Edit, ...] | None:
        """Edits that make every reference of a sentence right for the date; () when nothing is to be changed, None
        when the sentence cannot be saved.
        """
        return refresh(text, facts=self.facts, index=self.forms, drafted=drafting_day(year, drafted), year=year)

    def stands(self, name: str, *, year: int, drafted: date | None = None) -> bool:
        """Whether everything `name` refers to may be claimed on the drafting date; False when it is not known."""
        judged = self.judged(name, year=year, drafted=drafted)
        return bool(judged) and all(good(*each) for each in judged)


def drafting_day(year: int, drafted: date | None) -> date:
    """The drafting date, by default 15 February of the plan year. Raises BadRequest outside 2000–2030."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadRequest(f"计划年度 {year!r} 不在 {FIRST_YEAR}—{LAST_YEAR} 之间，请改填这一范围内的年份。")
    return drafted or date(year, 2, 15)
