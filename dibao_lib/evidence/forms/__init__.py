"""The forms offices send, one declaration each; a further form is one file and one entry of this tuple."""

from dibao_lib.evidence.form import Form
from dibao_lib.evidence.forms import (
    assessments,
    cadres,
    case_events,
    exits,
    filings,
    households,
    members,
    panels,
    payments,
    registers,
    reviews,
    standards,
    stat_form,
    townships,
    villages,
)

FORMS: tuple[Form, ...] = (
    townships.FORM,
    villages.FORM,
    standards.FORM,
    households.FORM,
    members.FORM,
    payments.FORM,
    assessments.FORM,
    case_events.FORM,
    exits.FORM,
    cadres.FORM,
    filings.FORM,
    panels.FORM,
    reviews.FORM,
    stat_form.FORM,
    registers.DEATHS,
    registers.PAYROLL,
    registers.VEHICLES,
    registers.GENERAL,
)
