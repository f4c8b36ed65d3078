from django.urls import URLPattern

app_name = "passport"

urlpatterns: list[URLPattern] = []
