"""The notes of the release are the first ones in the database."""

from django.db import migrations

from notes.content import NOTES


def add_first_notes(apps, schema_editor) -> None:
    note = apps.get_model("notes", "Note")
    note.objects.using(schema_editor.connection.alias).bulk_create(
        note(title=first.title, text=first.text, topic=first.topic, written=first.written) for first in reversed(NOTES)
    )


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_note")]

    # Back, the table goes with all that is in it.
    operations = [migrations.RunPython(add_first_notes, migrations.RunPython.noop)]
