"""What is planted into the made-up county: one function a kind of wrong, each noting what the checks must find."""

from __future__ import annotations

from dibao_lib.demo.irregularities import campaign, funds, kin, procedure, recipients, standards
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft
from dibao_lib.demo.money import Rates

PLANTS = (
    standards.second_documents,
    standards.second_standard,
    recipients.equal_shares,
    funds.withheld_month,
    recipients.income_above_standard,
    recipients.wrong_amount,
    recipients.wrong_count,
    recipients.paid_after_death,
    recipients.on_public_payroll,
    kin.concealed_cadres,
    kin.concealed_relatives,
    recipients.car_owners,
    recipients.covered_twice,
    procedure.broken_steps,
    procedure.small_panels,
    procedure.few_representatives,
    procedure.passed_over,
    funds.missed_payments,
    funds.late_quarters,
    funds.short_payments,
    funds.shared_accounts,
    funds.busy_collectors,
    campaign.silent_cadres,
    campaign.miscounted_forms,
    standards.poor_documents,
    procedure.leaderless_panels,
    procedure.unsigned_forms,
    procedure.late_meetings,
    funds.never_paid,
)


def plant(draft: Draft, rates: Rates) -> None:
    """Puts every irregularity into the draft; its truth then says what must be found."""
    picker = Picker(draft)
    for irregularity in PLANTS:
        irregularity(draft, rates, picker.named(irregularity.__name__))
