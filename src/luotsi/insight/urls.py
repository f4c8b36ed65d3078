from django.urls import path

from luotsi.insight.views import reader

app_name = "insight"

# /networks/<ref>/figures/: readers and coordinators of the network
urlpatterns = [
    path("networks/<uuid:ref>/figures/", reader.figures, name="figures"),
    path("networks/<uuid:ref>/figures/take/", reader.take, name="take"),
    path("networks/<uuid:ref>/figures/taken/<uuid:snapshot>/", reader.snapshot, name="snapshot"),
    path("networks/<uuid:ref>/figures/taken/<uuid:snapshot>/download/", reader.download, name="download"),
    path("networks/<uuid:ref>/figures/ask/", reader.ask, name="ask"),
    path("networks/<uuid:ref>/figures/questions/<uuid:question>/", reader.answer, name="answer"),
]
