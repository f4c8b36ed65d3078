from django.urls import path

from luotsi.programmes.views import (
    activities,
    applications,
    assignments,
    consents,
    coordinator,
    enquiries,
    goals,
    invitations,
    lists,
    many,
    models,
    my_activities,
    participant,
    participations,
    partners,
    plans,
    pool,
    rounds,
    set_up,
)
from luotsi.programmes.views.public import apply, calls, directory, guardians

app_name = "programmes"

# /calls/ (everybody)
urlpatterns = [
    path("calls/", directory.calls, name="calls"),
    path("calls/feed.atom", directory.feed, name="feed"),
    path("calls/<uuid:ref>/", calls.call, name="call"),
]

# /apply/, /guardian/ (everybody)
urlpatterns += [
    path("apply/link/<str:secret>/", apply.link, name="apply_link"),
    path("apply/<uuid:ref>/", apply.apply, name="apply"),
    path("apply/<uuid:ref>/questions/", apply.questions, name="apply_questions"),
    path("apply/<uuid:ref>/check/", apply.check, name="apply_check"),
    path("apply/<uuid:ref>/sent/", apply.sent, name="apply_sent"),
    path("apply/<uuid:ref>/mail/", apply.mail_again, name="apply_mail"),
    path("apply/<uuid:ref>/remove/", apply.throw_away, name="apply_remove"),
    path("guardian/<str:secret>/", guardians.guardian, name="guardian"),
]

# /organisations-that-run/, /news/, /enquiries/new/ (everybody)
urlpatterns += [
    path("organisations-that-run/", directory.organisations, name="organisations"),
    path("news/", directory.news, name="news"),
    path("news/<str:token>/", directory.my_news, name="my_news"),
    path("enquiries/new/", directory.new_enquiry, name="new_enquiry"),
]

# /my/pool/ (whoever has mentored)
urlpatterns += [
    path("my/pool/", pool.mine, name="my_pool"),
    path("my/pool/<uuid:ref>/join/", pool.join, name="join_pool"),
    path("my/pool/<uuid:ref>/rest/", pool.rest, name="rest"),
    path("my/pool/<uuid:ref>/come-back/", pool.come_back, name="come_back"),
    path("my/pool/<uuid:ref>/leave/", pool.leave, name="leave_pool"),
    path("my/pool/<uuid:ref>/apply/<uuid:programme_ref>/", pool.apply_again, name="apply_again"),
]

# /enquiries/, /programmes/<programme>/pool/ (coordinators of the network)
urlpatterns += [
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/<uuid:ref>/", enquiries.enquiry, name="enquiry"),
    path("programmes/<uuid:ref>/pool/", enquiries.pool, name="pool"),
    path("programmes/<uuid:ref>/pool/ask/", enquiries.ask_pool, name="ask_pool"),
]

# /partner/<programme>/invite/ (partners' people)
urlpatterns += [
    path("partner/programmes/<uuid:ref>/invite/", invitations.invite, name="invite"),
]

# /partner/ (partners' people, and coordinators)
urlpatterns += [
    path("partner/", plans.shared_plans, name="plans"),
    path("partner/programmes/<uuid:ref>/", plans.plan, name="plan"),
    path("partner/programmes/<uuid:ref>/comments/", plans.comment, name="plan_comment"),
    path(
        "partner/programmes/<uuid:ref>/comments/<uuid:comment_ref>/remove/", plans.remove_comment, name="remove_comment"
    ),
    path("partner/programmes/<uuid:ref>/findings/", goals.shared_findings, name="shared_findings"),
]

# /partner/programmes/<programme>/activities/ (all see; coordinators and the partner whose it is change)
ACTIVITIES = "partner/programmes/<uuid:ref>/activities/"
urlpatterns += [
    path(ACTIVITIES + "new/", plans.new_activity, name="plan_add"),
    path(ACTIVITIES + "<uuid:activity_ref>/", plans.activity, name="plan_activity"),
    path(
        ACTIVITIES + "<uuid:activity_ref>/change/",
        plans.change_activity,
        name="plan_change",
    ),
    path(ACTIVITIES + "<uuid:activity_ref>/move/", plans.move_activity, name="plan_move"),
]

# /partner/programmes/<programme>/partners/ (all see; coordinators and the partner itself change)
PARTNER = "partner/programmes/<uuid:ref>/partners/<uuid:partner_ref>/"
urlpatterns += [
    path(PARTNER, partners.partner, name="partner"),
    path(PARTNER + "approve/", plans.approve, name="approve_plan"),
    path(PARTNER + "emphasis/", partners.emphasis, name="emphasis"),
    path(PARTNER + "sponsor/", partners.sponsor, name="sponsor"),
    path(PARTNER + "contacts/", partners.name_contact, name="name_contact"),
    path(PARTNER + "contacts/<uuid:contact_ref>/remove/", partners.remove_contact, name="remove_contact"),
    path(PARTNER + "goals/new/", goals.new_goal, name="new_goal"),
    path(PARTNER + "goals/take/", goals.take_conclusions, name="take_conclusions"),
    path(PARTNER + "goals/<uuid:goal_ref>/remove/", goals.remove_goal, name="remove_goal"),
]

# /programmes/<programme>/plan/, partners/, findings/ (coordinators of the network)
urlpatterns += [
    path("programmes/<uuid:ref>/plan/", plans.plan_of_coordinator, name="programme_plan"),
    path("programmes/<uuid:ref>/partners/", partners.partner_list, name="partners"),
    path("programmes/<uuid:ref>/partners/<uuid:partner_ref>/quota/", partners.quota, name="quota"),
    path("programmes/<uuid:ref>/partners/<uuid:partner_ref>/move/", partners.move_partner, name="move_partner"),
    path("programmes/<uuid:ref>/findings/", goals.finding_list, name="findings"),
    path("programmes/<uuid:ref>/findings/findings.txt", goals.findings_text, name="findings_text"),
    path("programmes/<uuid:ref>/findings/<uuid:finding_ref>/", goals.change_finding, name="change_finding"),
    path("programmes/<uuid:ref>/findings/<uuid:finding_ref>/decide/", goals.decide_finding, name="decide_finding"),
]

# /my/applications/ (whoever has applied)
urlpatterns += [
    path("my/applications/", participant.applications, name="my_applications"),
    path("my/applications/<uuid:ref>/", participant.application, name="my_application"),
    path("my/applications/<uuid:ref>/change/", participant.change, name="change_application"),
    path("my/applications/<uuid:ref>/guardian/", participant.guardian, name="my_guardian"),
    path("my/applications/<uuid:ref>/withdraw/", participant.withdraw, name="withdraw"),
]

# /programmes/ (coordinators of the network)
urlpatterns += [
    path("programmes/", coordinator.programmes, name="programmes"),
    path("programmes/new/", coordinator.new_programme, name="new"),
    path("programmes/<uuid:ref>/", coordinator.programme, name="programme"),
    path("programmes/<uuid:ref>/open/", coordinator.open_programme, name="open"),
    path("programmes/<uuid:ref>/cancel/", coordinator.cancel_programme, name="cancel"),
    path("programmes/<uuid:ref>/close/", coordinator.close_programme, name="close"),
]

# /programmes/<programme>/set-up/ (coordinators of the network, as long as it is a draft)
urlpatterns += [
    path("programmes/<uuid:ref>/set-up/", set_up.set_up, name="set_up"),
    path("programmes/<uuid:ref>/set-up/model/", set_up.model, name="set_up_model"),
    path("programmes/<uuid:ref>/set-up/scope/", set_up.scope, name="set_up_scope"),
    path("programmes/<uuid:ref>/set-up/dates/", set_up.dates, name="set_up_dates"),
    path("programmes/<uuid:ref>/set-up/plan/", set_up.plan, name="set_up_plan"),
    path("programmes/<uuid:ref>/set-up/questions/", set_up.questions, name="set_up_questions"),
    path("programmes/<uuid:ref>/set-up/questions/new/", set_up.question, name="set_up_question"),
    path("programmes/<uuid:ref>/set-up/questions/preview/", set_up.preview, name="set_up_preview"),
    path("programmes/<uuid:ref>/set-up/matching/", set_up.matching, name="set_up_matching"),
    path("programmes/<uuid:ref>/set-up/check/", set_up.check, name="set_up_check"),
]

# /programmes/<programme>/rounds/, /programmes/<programme>/days/ (coordinators of the network)
urlpatterns += [
    path("programmes/<uuid:ref>/rounds/new/", rounds.new_round, name="new_round"),
    path("programmes/<uuid:ref>/rounds/<uuid:round_ref>/", rounds.round_page, name="round"),
    path("programmes/<uuid:ref>/rounds/<uuid:round_ref>/move/", rounds.move, name="move_round"),
    path("programmes/<uuid:ref>/days/", rounds.shift, name="shift"),
]

# /models/, /programmes/<programme>/model/ (coordinators of a network)
urlpatterns += [
    path("models/", models.models, name="models"),
    path("models/import/", models.import_model, name="import_model"),
    path("models/compare/", models.compare_models, name="compare_models"),
    path("models/<uuid:ref>/retire/", models.retire_model, name="retire_model"),
    path("models/<uuid:ref>/offer/", models.offer_model, name="offer_model"),
    path("models/<slug:mark>/", models.model, name="model"),
    path("models/<slug:mark>/file/", models.model_file, name="model_file"),
    path("models/<slug:mark>/derive/", models.derive_model, name="derive_model"),
    path("programmes/<uuid:ref>/model/", models.take_version, name="take_version"),
]

# /programmes/<programme>/applications/ (coordinators of the network)
urlpatterns += [
    path("programmes/<uuid:ref>/applications/", applications.applications, name="applications"),
    path("programmes/<uuid:ref>/applications/accept/", applications.accept_submitted, name="accept_submitted"),
    path("programmes/<uuid:ref>/applications/waiting/", applications.waiting, name="waiting"),
    path("programmes/<uuid:ref>/applications/many/", many.many, name="many"),
    path("programmes/<uuid:ref>/many/<uuid:batch_ref>/", many.batch, name="batch"),
    path("programmes/<uuid:ref>/many/<uuid:batch_ref>/progress/", many.batch_progress, name="batch_progress"),
    path("programmes/<uuid:ref>/applications/<uuid:application_ref>/", applications.application, name="application"),
    path("programmes/<uuid:ref>/applications/<uuid:application_ref>/decide/", applications.decide, name="decide"),
    path(
        "programmes/<uuid:ref>/applications/<uuid:application_ref>/guardian/", consents.guardian_of, name="guardian_of"
    ),
    path(
        "programmes/<uuid:ref>/applications/<uuid:application_ref>/interviews/",
        applications.note_interview,
        name="note_interview",
    ),
    path(
        "programmes/<uuid:ref>/applications/<uuid:application_ref>/interviews/<uuid:interview_ref>/",
        applications.interview,
        name="interview",
    ),
]

# /programmes/letters/ (coordinators of the network)
urlpatterns += [
    path("programmes/letters/", many.letter_templates, name="letters"),
    path("programmes/letters/new/", many.new_letter, name="letter_new"),
    path("programmes/letters/<uuid:ref>/", many.letter, name="letter"),
    path("programmes/letters/<uuid:ref>/remove/", many.remove_letter, name="letter_remove"),
]

# /programmes/<programme>/people/, /programmes/<programme>/funder/ (coordinators of the network)
urlpatterns += [
    path("programmes/<uuid:ref>/people/", participations.people, name="people"),
    path("programmes/<uuid:ref>/people/<uuid:part_ref>/", participations.person, name="part"),
    path("programmes/<uuid:ref>/funder/", participations.funder_data, name="funder_data"),
    path("programmes/<uuid:ref>/funder/remind/", participations.remind_of_data, name="remind_of_data"),
]

# /my/parts/ (whoever takes part; coordinators change a part through the same)
urlpatterns += [
    path("my/parts/", participations.my_parts, name="my_parts"),
    path("my/parts/<uuid:ref>/", participations.my_part, name="my_part"),
    path("my/parts/<uuid:ref>/pause/", participations.pause, name="pause_part"),
    path("my/parts/<uuid:ref>/come-back/", participations.come_back, name="resume_part"),
    path("my/parts/<uuid:ref>/places/", participations.change_places, name="change_places"),
    path("my/parts/<uuid:ref>/leave/", participations.leave, name="leave_part"),
    path("my/parts/<uuid:ref>/given/", participations.data_given, name="data_given"),
]

# /programmes/<programme>/imports/ (coordinators of the network)
urlpatterns += [
    path("programmes/<uuid:ref>/imports/", lists.imports, name="imports"),
    path("programmes/<uuid:ref>/applications.xlsx", lists.list_xlsx, name="list_xlsx"),
    path("programmes/<uuid:ref>/applications.csv", lists.list_csv, name="list_csv"),
    path("programmes/<uuid:ref>/imports/new/", lists.new_import, name="import_new"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/", lists.import_run, name="import"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/progress/", lists.progress, name="import_progress"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/columns/", lists.columns, name="import_columns"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/apply/", lists.apply, name="import_apply"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/refused.xlsx", lists.refused_xlsx, name="refused_xlsx"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/refused.csv", lists.refused_csv, name="refused_csv"),
]

# /my/activities/ (those whom they are for)
urlpatterns += [
    path("my/activities/", my_activities.activities, name="my_activities"),
    path("my/activities/here/<uuid:key>/", my_activities.check_in, name="check_in"),
    path("my/activities/<uuid:ref>/", my_activities.activity, name="my_activity"),
    path("my/activities/<uuid:ref>/sign-up/", my_activities.sign_up, name="sign_up"),
    path("my/activities/<uuid:ref>/sign-off/", my_activities.sign_off, name="sign_off"),
    path("my/activities/<uuid:ref>/luotsi.ics", my_activities.calendar_file, name="calendar_file"),
    path("my/activities/<uuid:ref>/files/<uuid:file_ref>/", my_activities.material, name="material"),
    path("my/activities/<uuid:ref>/answer/", assignments.my_answer, name="my_answer"),
    path("my/activities/<uuid:ref>/answer/files/", assignments.add_file, name="add_file"),
    path("my/activities/<uuid:ref>/answer/files/<uuid:file_ref>/", assignments.my_file, name="my_file"),
    path("my/activities/<uuid:ref>/answer/comment/", assignments.my_comment, name="my_comment"),
]

# /training/ (trainers of the network or a partner, and coordinators)
urlpatterns += [
    path("training/", activities.trained, name="trained"),
    path("training/answers/", assignments.answers, name="answers"),
    path("training/answers/<uuid:ref>/", assignments.answer, name="answer"),
    path("training/answers/<uuid:ref>/comment/", assignments.comment, name="comment"),
    path("training/answers/<uuid:ref>/files/<uuid:file_ref>/", assignments.answer_file, name="answer_file"),
    path("training/<uuid:ref>/", activities.attendance, name="attendance"),
    path("training/<uuid:ref>/door/", activities.door, name="door"),
    path("training/<uuid:ref>/all/", activities.note_all, name="note_all"),
    path("training/<uuid:ref>/held/", activities.finish, name="finish"),
    path("training/<uuid:ref>/people/<uuid:person_ref>/", activities.note_presence, name="note_presence"),
    path("training/<uuid:ref>/files/", activities.bring_material, name="bring_material"),
    path("training/<uuid:ref>/files/<uuid:file_ref>/", activities.trained_material, name="trained_material"),
    path("programmes/<uuid:ref>/training/", activities.lacking, name="lacking"),
]
