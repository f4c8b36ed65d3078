"""Pages of the installation itself, open to everybody."""

from django.conf import settings
from django.urls import path

from luotsi.web.views import public

app_name = "web"

urlpatterns = [
    # /
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("robots.txt", public.robots, name="robots"),
    path("favicon.ico", public.favicon, name="favicon"),
]
if not settings.PRODUCTION:
    urlpatterns.append(path("design", public.design, name="design"))
