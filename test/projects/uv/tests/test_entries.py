import pytest

from entries.models import Entry


def test_it_is_healthy(client):
    assert client.get("/healthz/").status_code == 200


@pytest.mark.django_db
def test_the_index_lists_entries(client):
    Entry.objects.create(title="First")
    assert client.get("/").content == b"First"
