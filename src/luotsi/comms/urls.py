from django.urls import path

from luotsi.comms.views import participant, public

app_name = "comms"

# /messages/
urlpatterns = [
    path("messages/", participant.messages, name="messages"),
    path("messages/preferences/", participant.preferences, name="preferences"),
    path("messages/<uuid:ref>/", participant.message, name="message"),
    path("messages/stop/<str:token>/", public.stop, name="stop"),
]
