"""Every address of the site, one line a module."""

from django.urls import include, path

urlpatterns = [
    path("", include("luotsi.web.urls")),
    path("", include("luotsi.comms.urls")),
    path("", include("luotsi.people.urls")),
    path("", include("luotsi.competence.urls")),
    path("", include("luotsi.surveys.urls")),
    path("", include("luotsi.library.urls")),
    path("", include("luotsi.programmes.urls")),
    path("", include("luotsi.matching.urls")),
    path("", include("luotsi.mentoring.urls")),
    path("", include("luotsi.passport.urls")),
    path("", include("luotsi.insight.urls")),
    path("", include("luotsi.journey.urls")),
]
handler400 = "luotsi.web.views.public.bad_request"
handler403 = "luotsi.web.views.public.forbidden"
handler404 = "luotsi.web.views.public.not_found"
handler500 = "luotsi.web.views.public.server_error"
