from django.forms import ModelForm, Textarea

from notes.models import Note


class NoteForm(ModelForm):
    class Meta:
        model = Note
        fields = ["title", "topic", "text"]
        widgets = {"text": Textarea(attrs={"rows": 3})}
