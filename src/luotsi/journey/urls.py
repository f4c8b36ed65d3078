from django.urls import path

from luotsi.journey.views import coordinator, participant, public

app_name = "journey"

urlpatterns = [
    path("", public.front, name="front"),
    path("forgotten/", public.forgotten, name="forgotten"),
    # /demo/: answers in the demo only
    path("demo/", public.demo, name="demo"),
    path("demo/sign-in/", public.demo_sign_in, name="demo_sign_in"),
    path("home/", participant.home, name="home"),
    # /my/data/
    path("my/data/", participant.own_data, name="own_data"),
    path("my/data/download/", participant.download_own_data, name="download_own_data"),
    path("my/data/forget/", participant.forget, name="forget"),
    # /programmes/<ref>/
    path("programmes/<uuid:ref>/leads-to/", coordinator.leads_to, name="leads_to"),
    path("programmes/<uuid:ref>/nudges/", coordinator.nudges, name="nudges"),
]
