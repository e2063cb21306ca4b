"""What servers and workers share of work beside requests: how far it is, who is at work, what is due, and files."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WorkPhase(models.Model):
    """Progress and outcome of the work with this key. Only its latest ``run`` may write here.

    ``task`` is the id of the queued task while it ``is_working``; ``detail`` is what a page wants to know besides.
    """

    key = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=20)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    detail = models.JSONField(default=dict)
    is_working = models.BooleanField(default=False)
    run = models.UUIDField(default=uuid4)
    task = models.CharField(max_length=36, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["WorkPhase"]] = models.Manager()

    class Meta:
        verbose_name = _("work in the background")

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class QueueWorker(models.Model):
    """A process that takes tasks. It counts ``beats`` while it lives; others that see it silent take its work over."""

    key = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=255)
    process = models.PositiveIntegerField()
    version = models.CharField(max_length=20)
    beats = models.PositiveBigIntegerField(default=0)
    beaten_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["QueueWorker"]] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.host}:{self.process}"


class ScheduledTask(models.Model):
    """When a task of ``settings.SCHEDULE`` falls due next: the one worker that moves it forward queues it."""

    path = models.CharField(max_length=160, unique=True)
    next_at = models.DateTimeField()

    objects: ClassVar[models.Manager["ScheduledTask"]] = models.Manager()

    def __str__(self) -> str:
        return self.path


class UploadTurn(models.Model):
    """An upload that runs now: it has one of the places of all, and one of the few of whoever sends it.

    ``whose`` is a digest of the account or address.
    """

    place = models.PositiveSmallIntegerField(unique=True)
    whose = models.CharField(max_length=40)
    nth = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["UploadTurn"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["whose", "nth"], name="uploadturn_few_of_one")]

    def __str__(self) -> str:
        return f"{self.place}"


class StagedFile(models.Model):
    """A table file between choosing it and confirming it, in the database so that every server and worker has it.

    ``about`` is the errand it was handed in for, ``digest`` the sha256 of its bytes; ``table`` is what was read of it
    and ``shown`` what comparing it found, both as compressed JSON.
    """

    key = models.CharField(max_length=22, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.CharField(max_length=160)
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    table = models.BinaryField(null=True)
    shown = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["StagedFile"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="stagedfile_user_at")]

    def __str__(self) -> str:
        return self.name
