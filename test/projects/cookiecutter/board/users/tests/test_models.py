import pytest
from django.contrib.auth import get_user_model
from django.db import connection


@pytest.mark.django_db
def test_users_are_kept():
    user = get_user_model().objects.create_user("ada")
    assert get_user_model().objects.get() == user
    assert connection.vendor in {"postgresql", "sqlite"}
