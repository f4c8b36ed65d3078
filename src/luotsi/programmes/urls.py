from django.urls import path

from luotsi.programmes.views import coordinator, enquiries, invitations, lists, participant, pool
from luotsi.programmes.views.public import calls, directory

app_name = "programmes"

# /calls/ (everybody)
urlpatterns = [
    path("calls/", directory.calls, name="calls"),
    path("calls/feed.atom", directory.feed, name="feed"),
    path("calls/<uuid:ref>/", calls.call, name="call"),
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

# /my/applications/ (whoever has applied)
urlpatterns += [
    path("my/applications/", participant.applications, name="my_applications"),
    path("my/applications/<uuid:ref>/", participant.application, name="my_application"),
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

# /programmes/<programme>/applications/ (coordinators of the network)
urlpatterns += [
    path("programmes/<uuid:ref>/applications/", coordinator.applications, name="applications"),
    path("programmes/<uuid:ref>/applications/accept/", coordinator.accept_submitted, name="accept_submitted"),
    path("programmes/<uuid:ref>/applications/<uuid:application_ref>/", coordinator.application, name="application"),
    path("programmes/<uuid:ref>/applications/<uuid:application_ref>/decide/", coordinator.decide, name="decide"),
]

# /programmes/<programme>/imports/ (coordinators of the network)
urlpatterns += [
    path("programmes/<uuid:ref>/imports/", lists.imports, name="imports"),
    path("programmes/<uuid:ref>/imports/new/", lists.new_import, name="import_new"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/", lists.import_run, name="import"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/progress/", lists.progress, name="import_progress"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/apply/", lists.apply, name="import_apply"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/refused.xlsx", lists.refused_xlsx, name="refused_xlsx"),
    path("programmes/<uuid:ref>/imports/<uuid:run_ref>/refused.csv", lists.refused_csv, name="refused_csv"),
]
