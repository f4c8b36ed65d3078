"""The addresses that mails of the kernel name."""

from django.urls import include, path

urlpatterns = [path("", include("luotsi.comms.urls"))]
