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

# /my/calendar/ (whoever is signed in), /calendar/ (whoever has the secret address)
urlpatterns += [
    path("my/calendar/", participant.calendar, name="calendar"),
    path("my/calendar/address/", participant.open_feed, name="open_feed"),
    path("my/calendar/address/close/", participant.close_feed, name="close_feed"),
    path("calendar/<str:token>/luotsi.ics", public.feed, name="feed"),
]
