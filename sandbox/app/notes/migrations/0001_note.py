import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField(max_length=500)),
                (
                    "topic",
                    models.CharField(
                        choices=[("Delivery", "Delivery"), ("Images", "Images"), ("Operations", "Operations")],
                        max_length=20,
                    ),
                ),
                ("written", models.DateField(default=django.utils.timezone.localdate, editable=False)),
            ],
            options={"ordering": ["-written", "-id"]},
        ),
    ]
