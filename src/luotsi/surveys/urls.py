from django.urls import path

from luotsi.surveys.views import (
    anonymous,
    coordinator,
    instruments,
    participant,
    public,
    results,
    waves,
    workshop_goals,
    workshop_parts,
    workshops,
)

app_name = "surveys"

# /my/surveys/ (who is asked)
urlpatterns = [
    path("my/surveys/<uuid:ref>/", participant.answer, name="answer"),
    path("my/surveys/anonymous/<uuid:ref>/", anonymous.answer_anonymously, name="answer_anonymously"),
]

# /answer/ (whoever has the link)
urlpatterns += [path("answer/<uuid:link>/", public.answer_with_link, name="answer_with_link")]

# /surveys/ (HR, management, administrators, coordinators)
urlpatterns += [
    path("surveys/", waves.waves, name="waves"),
    path("surveys/new/", waves.new_wave, name="new_wave"),
    path("surveys/waves/<uuid:ref>/", waves.wave, name="wave"),
    path("surveys/waves/<uuid:ref>/remind/", waves.remind, name="remind"),
    path("surveys/waves/<uuid:ref>/close/", waves.close, name="close"),
    path("surveys/waves/<uuid:ref>/results/", results.results, name="results"),
    path("surveys/waves/<uuid:ref>/results.csv", results.results_csv, name="results_csv"),
    path("surveys/waves/<uuid:ref>/results.xlsx", results.results_xlsx, name="results_xlsx"),
    path("surveys/instruments/", instruments.instruments, name="instruments"),
    path("surveys/instruments/import/", instruments.import_instrument, name="import_instrument"),
    path("surveys/instruments/keep/", instruments.keep, name="keep_instrument"),
    path("surveys/instruments/template.xlsx", instruments.template, name="instrument_template"),
    path("surveys/instruments/<uuid:ref>/questions.xlsx", instruments.instrument_xlsx, name="instrument_xlsx"),
    path("surveys/instruments/<uuid:ref>/", instruments.instrument, name="instrument"),
]

# /networks/<ref>/ (coordinators)
urlpatterns += [path("networks/<uuid:ref>/feedback/", coordinator.feedback, name="feedback")]

# /workshops/ (HR days: who leads them)
urlpatterns += [
    path("workshops/", workshops.workshop_list, name="workshops"),
    path("networks/<uuid:ref>/workshops/new/", workshops.new_workshop, name="new_workshop"),
    path("workshops/<uuid:ref>/", workshops.workshop, name="workshop"),
    path("workshops/<uuid:ref>/change/", workshops.change_workshop, name="change_workshop"),
    path("workshops/<uuid:ref>/invite/", workshops.invite_to_workshop, name="invite_to_workshop"),
    path("workshops/<uuid:ref>/move/", workshops.move_workshop, name="move_workshop"),
    path("workshops/<uuid:ref>/steps/<int:step>/", workshops.workshop_step, name="workshop_step"),
    path("workshops/<uuid:ref>/steps/<int:step>/notes/", workshops.workshop_notes, name="workshop_notes"),
]

# /workshops/parts/ (HR days: who takes part)
urlpatterns += [
    path("workshops/parts/<uuid:ref>/", workshop_parts.part, name="part"),
    path("workshops/parts/<uuid:ref>/results/", workshop_parts.part_results, name="part_results"),
    path("workshops/parts/<uuid:ref>/steps/<int:step>/", workshop_parts.part_step, name="part_step"),
    path("workshops/parts/<uuid:ref>/steps/<int:step>/notes/", workshop_parts.part_notes, name="part_notes"),
    path("workshops/parts/<uuid:ref>/summary/", workshop_parts.summary, name="summary"),
    path("workshops/parts/<uuid:ref>/leave/", workshop_parts.leave_workshop, name="leave_workshop"),
    path("workshops/parts/<uuid:ref>/goals/new/", workshop_goals.new_goal, name="new_goal"),
    path("workshops/notes/<uuid:ref>/", workshop_parts.note, name="note"),
    path("workshops/notes/<uuid:ref>/goal/", workshop_goals.goal_from_note, name="goal_from_note"),
    path("workshops/goals/<uuid:ref>/", workshop_goals.goal, name="goal"),
    path("workshops/goals/<uuid:ref>/remove/", workshop_goals.remove_goal, name="remove_goal"),
    path("workshops/goals/<uuid:ref>/carrier/", workshop_goals.carrier, name="carrier"),
]
