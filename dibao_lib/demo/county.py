"""Makes the county: background first, then what is planted, then everything as tables."""

from __future__ import annotations

from collections import defaultdict

from dibao_lib.demo import ledgers, offices, payouts
from dibao_lib.demo.boards import board_row, put_up_boards
from dibao_lib.demo.bodies import form_panels
from dibao_lib.demo.bureaus import open_bureaus
from dibao_lib.demo.cadres import appoint
from dibao_lib.demo.dirt import Tables, soil
from dibao_lib.demo.field_work import visit_households
from dibao_lib.demo.filing_statistics import filing_statistics
from dibao_lib.demo.households import settle
from dibao_lib.demo.irregularities import plant
from dibao_lib.demo.leaving import dying_members
from dibao_lib.demo.leeway import grant_leeway
from dibao_lib.demo.model import County, Draft, Household
from dibao_lib.demo.money import Rates, rates
from dibao_lib.demo.money_book import book_rows
from dibao_lib.demo.objections import take_objections
from dibao_lib.demo.people import Births
from dibao_lib.demo.problem_ledger import open_ledger
from dibao_lib.demo.registers import open_registers
from dibao_lib.demo.season import season, stream
from dibao_lib.demo.standards import standard_rows
from dibao_lib.demo.stat_form import stat_rows
from dibao_lib.demo.styles import style_of
from dibao_lib.demo.system_list import system_rows
from dibao_lib.plan import Plan

_DYING = 10


def build_county(plan: Plan, seed: int, *, irregular: bool = True) -> County:
    """A made-up county on the plan's townships and villages, the same for the same seed.

    Args:
        plan: the plan whose gazetteer, dates and standards are used.
        seed: any number.
        irregular: plant irregularities; without them no check may find anything.
    """
    draft, in_force = _background(plan, seed)
    if irregular:
        plant(draft, in_force)
    tables = _tables(draft, in_force)
    dirt = soil(draft, tables)
    return County(plan, seed, draft.season, draft.styles, tables, tuple(draft.truth), tuple(draft.lawful), dirt)


def _background(plan: Plan, seed: int) -> tuple[Draft, Rates]:
    """A county in which nothing is wrong."""
    births = Births(stream(seed, "births"), plan.place.id_area_codes)
    styles = {township.code: style_of(place) for place, township in enumerate(plan.townships)}
    draft = Draft(plan, seed, season(plan), births, styles)
    in_force = rates(plan, draft.season)
    draft.standards = standard_rows(plan)
    settle(draft, in_force)
    dying_members(draft, stream(seed, "dying"), _DYING)
    form_panels(draft)
    appoint(draft)
    grant_leeway(draft, in_force)
    open_registers(draft)
    open_bureaus(draft, in_force)
    payouts.collect_some(draft)
    put_up_boards(draft)
    take_objections(draft)
    visit_households(draft, in_force)
    open_ledger(draft)
    return draft, in_force


def _tables(draft: Draft, rates: Rates) -> Tables:
    tables: Tables = defaultdict(lambda: defaultdict(list))
    tables["townships"][""] = list(offices.township_rows(draft.plan))
    tables["villages"][""] = list(offices.village_rows(draft))
    tables["standards"][""] = draft.standards
    tables["registers"][""] = [row for register in draft.registers.values() for row in register]
    tables["system_export"][""] = list(system_rows(draft, rates))
    tables["stat_form"] = stat_rows(draft)
    tables["stat_filings"] = filing_statistics(draft, rates)
    tables["complaints"] = draft.complaints
    tables["rectifications"][""] = draft.problems
    tables["visits"][""], tables["hearings"][""] = draft.visits, draft.hearings
    _households(draft, rates, tables)
    _offices(draft, rates, tables)
    return tables


def _households(draft: Draft, rates: Rates, tables: Tables) -> None:
    rng = stream(draft.seed, "ledgers")
    for household in draft.households:
        place = household.township
        tables["households"][place].append(ledgers.household_row(draft, household, rates))
        tables["members"][place] += ledgers.member_rows(household)
        tables["assessments"][place] += ledgers.assessment_rows(draft, household, rng)
        tables["case_events"][place].append(ledgers.case_row(household, rng))
        tables["exits"][place] += ledgers.exit_rows(household)
        tables["payments"][place] += payouts.payment_rows(draft, household, rates)
    for township in draft.plan.townships:
        tables["payments"][township.code] += draft.ghosts.get(township.code, [])
        tables["funds"][township.code] = book_rows(draft, township.code, tables["payments"][township.code])


def _offices(draft: Draft, rates: Rates, tables: Tables) -> None:
    rng = stream(draft.seed, "votes")
    unit = offices.units(draft.plan)
    for cadre in sorted(draft.cadres, key=lambda c: c.township):
        tables["cadres"][""].append(offices.cadre_row(cadre))
        tables["filings"][cadre.township] += offices.filing_rows(cadre, unit[cadre.village or cadre.township], rates)
    at_home: dict[str, list[Household]] = defaultdict(list)
    for household in draft.households:
        at_home[household.village].append(household)
    for body in draft.bodies.values():
        tables["panels"][body.township] += offices.panel_rows(body)
        tables["reviews"][body.township] += offices.review_rows(body, at_home[body.village], rng)
    for board in draft.boards:
        tables["postings"][board.township].append(board_row(draft, board, at_home[board.village]))
