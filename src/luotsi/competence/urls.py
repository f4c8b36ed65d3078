from django.urls import path

from luotsi.competence.views import circles, coordinator, employer, imports, participant, region, shares, templates

app_name = "competence"

# /competence/: coordinators and assessors
urlpatterns = [
    path("competence/", coordinator.frameworks, name="frameworks"),
    path("competence/import/", imports.import_framework, name="import"),
    path("competence/import/empty-sheet.xlsx", templates.empty_sheet, {"kind": "xlsx"}, name="empty_sheet"),
    path("competence/import/empty-sheet.csv", templates.empty_sheet, {"kind": "csv"}, name="empty_sheet_csv"),
    path("competence/import/fetch/", imports.fetch, name="fetch"),
    path("competence/imports/<uuid:ref>/", imports.waiting_import, name="waiting_import"),
    path("competence/imports/<uuid:ref>/progress/", imports.import_progress, name="import_progress"),
    path("competence/imports/<uuid:ref>/apply/", imports.apply_import, name="apply_import"),
    path("competence/imports/<uuid:ref>/put-away/", imports.put_import_away, name="put_import_away"),
    path("competence/frameworks/<uuid:ref>/", coordinator.framework, name="framework"),
    path("competence/areas/<uuid:ref>/", coordinator.area, name="area"),
    # /needs/: what employers need; said by them, read by everybody in the network
    path("needs/", region.needs, name="needs"),
    path("needs/mine/", employer.my_needs, name="my_needs"),
    path("needs/new/", employer.new_need, name="new_need"),
    path("needs/new/find/", employer.find_competences, name="find_competences"),
    path("needs/<uuid:ref>/", region.need, name="need"),
    path("needs/<uuid:ref>/change/", employer.change_need, name="change_need"),
    path("needs/<uuid:ref>/withdraw/", employer.withdraw_need, name="withdraw_need"),
    path("needs/<uuid:ref>/answered/", employer.answer_need, name="answer_need"),
    path("needs/<uuid:ref>/reopen/", employer.reopen_need, name="reopen_need"),
    path("competence/plans/", circles.plans, name="plans"),
    path("competence/plans/new/", circles.make_plan, name="make_plan"),
    path("competence/plans/<uuid:ref>/", circles.plan, name="plan"),
    path("competence/plans/<uuid:ref>/choose/", circles.choose, name="choose"),
    path("competence/plans/<uuid:ref>/choose/<uuid:area>/", circles.choose_in, name="choose_in"),
    path("competence/plans/<uuid:ref>/ask/", circles.ask, name="ask"),
    path("competence/plans/<uuid:ref>/ask/<uuid:person>/", circles.ask_about, name="ask_about"),
    path("competence/plans/<uuid:ref>/remind/", circles.remind, name="remind"),
    path("competence/plans/<uuid:ref>/end/", circles.end_plan, name="end_plan"),
    # /my/competence/: whoever assesses, and whose growth it is
    path("my/competence/", participant.mine, name="mine"),
    path("my/competence/tasks/<uuid:ref>/", participant.task, name="task"),
    path("my/competence/tasks/<uuid:ref>/send/", participant.send, name="send"),
    path("my/competence/tasks/<uuid:ref>/close/", participant.close_task, name="close_task"),
    path("my/competence/plans/<uuid:ref>/ask/", participant.ask_for, name="ask_for"),
    path("my/competence/areas/", participant.areas, name="own_areas"),
    path("my/competence/areas/<uuid:ref>/", participant.area, name="own_area"),
    path("my/competence/shares/new/", shares.new, name="show"),
    path("my/competence/shares/<uuid:ref>/", shares.share, name="share"),
    path("my/competence/shares/<uuid:ref>/end/", shares.take_back, name="take_back"),
    path("my/competence/shown/<uuid:ref>/", shares.shown, name="shown"),
]
