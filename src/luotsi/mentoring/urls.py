from django.urls import path

from luotsi.mentoring.views import coordinator, participant

app_name = "mentoring"

# /my/mentoring/ (the two of a pair)
urlpatterns = [
    path("my/mentoring/", participant.mine, name="mine"),
    path("my/mentoring/<uuid:ref>/", participant.home, name="home"),
    path("my/mentoring/<uuid:ref>/agreement/", participant.agreement, name="agreement"),
    path("my/mentoring/<uuid:ref>/agreement/change/", participant.propose, name="propose"),
    path("my/mentoring/<uuid:ref>/sessions/", participant.sessions, name="sessions"),
    path("my/mentoring/<uuid:ref>/sessions/as-agreed/", participant.log_as_agreed, name="log_as_agreed"),
    path("my/mentoring/<uuid:ref>/sessions/<uuid:session_ref>/", participant.correct, name="correct"),
    path("my/mentoring/<uuid:ref>/closing/", participant.closing, name="closing"),
    path("my/mentoring/<uuid:ref>/closing/confirm/", participant.confirm, name="confirm"),
    path("my/mentoring/<uuid:ref>/closing/keep-going/", participant.keep_going, name="keep_going"),
    path("my/mentoring/<uuid:ref>/ending/", participant.ending, name="ending"),
]

# /programmes/<ref>/ (coordinators)
urlpatterns += [
    path("programmes/<uuid:ref>/relationships/", coordinator.pairs, name="pairs"),
    path("programmes/<uuid:ref>/relationships/<uuid:pair_ref>/remind/", coordinator.remind, name="remind"),
]
