from django.urls import path

from luotsi.programmes.views import coordinator, lists, participant
from luotsi.programmes.views.public import calls

app_name = "programmes"

# /calls/ (everybody)
urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<uuid:ref>/", calls.call, name="call"),
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
