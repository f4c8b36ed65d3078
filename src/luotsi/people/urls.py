from django.urls import path

from luotsi.people.views import administrator, coordinator, operator, participant, public

app_name = "people"

urlpatterns = [
    # /sign-in/ and /join/: the ways in
    path("sign-in/", public.sign_in, name="sign_in"),
    path("sign-in/link/", public.ask_link, name="ask_link"),
    path("sign-in/link/sent/", public.link_sent, name="link_sent"),
    path("sign-in/link/<str:secret>/", public.use_link, name="use_link"),
    path("join/<str:secret>/", public.join, name="join"),
    path("sign-out/", participant.sign_out, name="sign_out"),
    # /my/
    path("my/profile/", participant.profile, name="profile"),
    path("my/password/", participant.password, name="password"),
    # /organisations/<ref>/: for those who administer it
    path("organisations/<uuid:ref>/", administrator.organisation, name="organisation"),
    path("organisations/<uuid:ref>/invite/", administrator.invite, name="invite"),
    path("organisations/<uuid:ref>/units/", administrator.add_unit, name="add_unit"),
    path("organisations/<uuid:ref>/invitations/<uuid:invitation>/withdraw/", administrator.withdraw, name="withdraw"),
    path("organisations/<uuid:ref>/roles/<uuid:membership>/end/", administrator.end_role, name="end_role"),
    # /networks/<ref>/partnerships/: for coordinators, and for who reads the network's figures
    path("networks/<uuid:ref>/partnerships/", coordinator.partnerships, name="partnerships"),
    path("networks/<uuid:ref>/partnerships/new/", coordinator.new_partnership, name="new_partnership"),
    # /partnerships/<ref>/: both sides read, coordinators write
    path("partnerships/<uuid:ref>/", coordinator.partnership, name="partnership"),
    path("partnerships/<uuid:ref>/change/", coordinator.change_partnership, name="change_partnership"),
    path("partnerships/<uuid:ref>/move/", coordinator.move_partnership, name="move_partnership"),
    path("partnerships/<uuid:ref>/end/", coordinator.end_partnership, name="end_partnership"),
    # /operator/: the installation, never anybody's contents
    path("operator/", operator.overview, name="operator"),
    path("operator/organisations/add/", operator.add_organisation, name="operator_add_organisation"),
    path("operator/deliveries/<uuid:ref>/", operator.resolve_delivery, name="operator_delivery"),
    path("operator/jobs/<uuid:ref>/retry/", operator.retry_job, name="operator_retry_job"),
]
