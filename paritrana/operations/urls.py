from django.urls import path

from paritrana.operations import views

urlpatterns = [
    path("-/live", views.live, name="live"),
    path("-/ready", views.ready, name="ready"),
    path("-/metrics", views.metrics, name="metrics"),
    path("operasi/", views.page, name="operations"),
    path("operasi/tugas/<uuid:pk>/ulangi/", views.task_retry, name="task-retry"),
]
