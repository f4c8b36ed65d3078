from django.urls import path

from luotsi.library.views import public

app_name = "library"

# /library/ (everybody)
urlpatterns = [
    path("library/", public.library, name="library"),
    path("library/tools/<slug:key>/", public.tool, name="tool"),
]
