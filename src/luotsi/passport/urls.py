from django.urls import path

from luotsi.passport.views import assessor, coordinator, participant, public

app_name = "passport"

urlpatterns = [
    # /my/passport/
    path("my/passport/", participant.passport, name="mine"),
    path("my/passport/choose/<uuid:ref>/", participant.choose, name="choose"),
    path("my/passport/claims/<uuid:ref>/", participant.claim, name="claim"),
    path("my/passport/claims/<uuid:ref>/submit/", participant.submit, name="submit"),
    path("my/passport/claims/<uuid:ref>/withdraw/", participant.withdraw, name="withdraw_claim"),
    path("my/passport/credentials/<uuid:ref>/", participant.download, name="credential"),
    # /assess/
    path("assess/", assessor.queue, name="queue"),
    path("assess/<uuid:ref>/", assessor.decide, name="decide"),
    # /marks/: coordinators of the network
    path("marks/", coordinator.offering, name="offering"),
    path("marks/from/<uuid:ref>/", coordinator.make_mark, name="make_mark"),
    path("marks/<uuid:ref>/", coordinator.mark, name="mark"),
    path("marks/<uuid:ref>/open/", coordinator.open_mark, name="open_mark"),
    path("marks/<uuid:ref>/retire/", coordinator.retire_mark, name="retire_mark"),
    # anybody
    path("verify/", public.verify, name="verify"),
    path("issuers/<uuid:ref>/did.json", public.did_document, name="did_document"),
]
