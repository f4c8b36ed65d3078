from django.urls import path

from luotsi.surveys.views import coordinator, participant

app_name = "surveys"

# /my/surveys/ (who is asked)
urlpatterns = [path("my/surveys/<uuid:ref>/", participant.answer, name="answer")]

# /networks/<ref>/ (coordinators)
urlpatterns += [path("networks/<uuid:ref>/feedback/", coordinator.feedback, name="feedback")]
