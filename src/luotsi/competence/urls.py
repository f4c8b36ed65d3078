from django.urls import path

from luotsi.competence.views import coordinator

app_name = "competence"

# /competence/: coordinators and assessors
urlpatterns = [
    path("competence/", coordinator.frameworks, name="frameworks"),
    path("competence/import/", coordinator.import_framework, name="import"),
    path("competence/frameworks/<uuid:ref>/", coordinator.framework, name="framework"),
    path("competence/areas/<uuid:ref>/", coordinator.area, name="area"),
]
