from django.urls import path

from luotsi.matching.views import coordinator, participant

app_name = "matching"

# /my/proposals/ (the two to whom a pair is proposed)
urlpatterns = [
    path("my/proposals/<uuid:ref>/", participant.proposal, name="proposal"),
    path("my/proposals/<uuid:ref>/answer/", participant.answer, name="answer"),
]

# /programmes/<programme>/matching/ (coordinators of the network)
urlpatterns += [
    path("programmes/<uuid:ref>/matching/", coordinator.runs, name="runs"),
    path("programmes/<uuid:ref>/matching/start/", coordinator.start, name="start"),
    path("programmes/<uuid:ref>/matching/<uuid:run_ref>/", coordinator.run, name="run"),
    path("programmes/<uuid:ref>/matching/<uuid:run_ref>/progress/", coordinator.progress, name="progress"),
    path("programmes/<uuid:ref>/matching/<uuid:run_ref>/publish/", coordinator.publish, name="publish"),
]
