from django.urls import path

from luotsi.surveys.views import anonymous, coordinator, instruments, participant, waves

app_name = "surveys"

# /my/surveys/ (who is asked)
urlpatterns = [
    path("my/surveys/<uuid:ref>/", participant.answer, name="answer"),
    path("my/surveys/anonymous/<uuid:ref>/", anonymous.answer_anonymously, name="answer_anonymously"),
]

# /answer/ (whoever has the link)
urlpatterns += [path("answer/<uuid:link>/", anonymous.answer_with_link, name="answer_with_link")]

# /surveys/ (HR, management, administrators, coordinators)
urlpatterns += [
    path("surveys/", waves.waves, name="waves"),
    path("surveys/new/", waves.new_wave, name="new_wave"),
    path("surveys/waves/<uuid:ref>/", waves.wave, name="wave"),
    path("surveys/waves/<uuid:ref>/remind/", waves.remind, name="remind"),
    path("surveys/waves/<uuid:ref>/close/", waves.close, name="close"),
    path("surveys/instruments/", instruments.instruments, name="instruments"),
    path("surveys/instruments/<uuid:ref>/", instruments.instrument, name="instrument"),
]

# /networks/<ref>/ (coordinators)
urlpatterns += [path("networks/<uuid:ref>/feedback/", coordinator.feedback, name="feedback")]
