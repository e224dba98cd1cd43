"""The notes that a database keeps."""

from django.db import models
from django.utils import timezone


class Note(models.Model):
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=500)
    topic = models.CharField(max_length=20, choices=[(name, name) for name in ("Delivery", "Images", "Operations")])
    written = models.DateField(default=timezone.localdate, editable=False)

    class Meta:
        # The newest first, also of one day.
        ordering = ["-written", "-id"]

    def __str__(self) -> str:
        return self.title
