"""What reasons and remarks of a reading are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.competence.formats.values import Reason, RemarkCode

REASONS = {
    Reason.BLANK: _("says nothing: dots, dashes or nothing at all"),
    Reason.PLACEHOLDER: _("a heading that the service fills in by itself"),
    Reason.REPETITION: _("says again what stands elsewhere"),
    Reason.REGISTER: _("the wording of a code register, which differs from that of the criteria"),
    Reason.REFERENCE: _("the name of another qualification"),
    Reason.OTHER_LANGUAGE: _("in another language than Finnish, Swedish or English"),
    Reason.SUBJECT: _("the beginning of a sentence that each criterion ends"),
    Reason.SCALE_NAME: _("the name of a scale or of a level without criteria"),
    Reason.DEMONSTRATION: _("how competence is demonstrated"),
    Reason.ASSESSMENT_NOTE: _("a note about assessing"),
    Reason.FAILING: _("when a performance is failed"),
    Reason.RECOGNITION: _("recognition of other studies"),
    Reason.STRUCTURE: _("how the qualification is built up"),
    Reason.CHAPTER: _("a chapter of text"),
    Reason.CONTENT: _("contents of teaching"),
    Reason.QUALIFICATION: _("what the qualification is for"),
    Reason.CLASSIFICATION: _("a name from a classification"),
    Reason.ANNEX: _("an international annex"),
    Reason.DOCUMENT: _("a document of the regulation"),
    Reason.SCHEDULE: _("a schedule"),
    Reason.REPLACED: _("requirements that were replaced"),
}
REMARKS = {
    RemarkCode.ACTIVE_CONTENT: _("Scripts or other active content were removed from a text."),
    RemarkCode.UNKNOWN_SCALE: _("A level belongs to a scale that is not known here; it is kept without a number."),
    RemarkCode.LANGUAGES_DIFFER: _("A list differs between languages; each language stands by itself."),
}
