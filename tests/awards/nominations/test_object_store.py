"""Documents in a bucket of a real S3 server: private, handed out by the portal alone, the same for every server."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from awards.nominations import evidence as actions
from awards.nominations import file_rows
from paritrana.accounts import installation
from paritrana.management.commands import prepare
from paritrana.setup import services
from paritrana.uploads import stored_files, trash
from tests import builders as b
from tests.awards.nominations.test_evidence import upload
from tests.paritrana.uploads import papers

pytestmark = pytest.mark.django_db
BACKEND = "paritrana.uploads.object_store.ObjectStore"


@pytest.fixture(scope="module")
def server():
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    yield "http://key:secret@{}:{}/paritrana".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def bucket(server, settings):
    """The bucket of this test, empty, in which the portal keeps its documents."""
    options = services.storage_of(server)
    shared = {alias: {"BACKEND": BACKEND, "OPTIONS": options | {"location": alias}} for alias in ("evidence", "trash")}
    settings.STORAGES = {**settings.STORAGES, **shared}
    settings.OBJECT_STORE = True
    bucket = storages["evidence"].bucket
    bucket.create()
    bucket.objects.all().delete()
    installation.bind()
    return bucket


@pytest.fixture
def row(bucket, bali, jembrana, staff, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)
    return actions.attach(nomination, regulation, upload(), by=staff)


def taken(client, row):
    return client.post(reverse("evidence-download", args=[row.pk]))


def objects(bucket):
    return sorted(each.key for each in bucket.objects.all())


def test_an_attached_document_is_one_object_and_is_streamed_to_those_who_may_see_it(client, bucket, row, staff):
    client.force_login(staff)
    own = taken(client, row)
    client.force_login(b.person())
    foreign = taken(client, row)

    assert objects(bucket) == sorted([f"evidence/{row.key}", "evidence/installation-id"])
    assert (b"".join(own.streaming_content), foreign.status_code) == (papers.pdf(2), 404)
    with pytest.raises(ValueError, match="no address"):
        storages["evidence"].url(row.key)


def test_an_object_that_is_missing_or_altered_is_explained_and_not_handed_out(client, row, staff):
    client.force_login(staff)
    storages["evidence"].delete(row.key)
    missing = taken(client, row), stored_files.absent(file_rows.of_evidence(row))
    storages["evidence"].save(row.key, ContentFile(b"x" * row.size))
    altered = taken(client, row), stored_files.fault_of(file_rows.of_evidence(row))

    assert [(answer.status_code, fault) for answer, fault in (missing, altered)] == [(503, "missing"), (503, "altered")]


def test_a_store_that_is_away_is_like_a_disk_that_cannot_be_read(client, row, staff, settings):
    away = services.storage_of("http://key:secret@127.0.0.1:1/paritrana")
    there = {"BACKEND": BACKEND, "OPTIONS": away | {"location": "evidence"}}
    settings.STORAGES = {**settings.STORAGES, "evidence": there}
    client.force_login(staff)

    assert taken(client, row).status_code == 503
    with pytest.raises(OSError, match="object store"):
        storages["evidence"].save("ab/x", ContentFile(b"x"))


def test_preparing_makes_the_bucket_once_and_says_which_setting_names_a_store_that_is_away(bucket, settings):
    bucket.objects.all().delete()
    bucket.delete()

    for _again in range(2):
        prepare.make_bucket()
    storages["evidence"].save("ab/x", ContentFile(b"x"))

    away = services.storage_of("http://key:secret@127.0.0.1:1/paritrana")
    settings.STORAGES = {**settings.STORAGES, "evidence": {"BACKEND": BACKEND, "OPTIONS": away}}
    assert objects(bucket) == ["evidence/ab/x"]
    with pytest.raises(CommandError, match="STORAGE_URL"):
        prepare.make_bucket()


def test_what_is_swept_goes_to_the_trash_of_the_bucket_and_comes_back(bucket, row):
    storages["evidence"].save("ab/left", ContentFile(b"x"))
    for key in ("ab/left", row.key):
        trash.throw_away("evidence", key, timezone.localdate())
    thrown = objects(bucket)

    call_command("sweep_evidence", delete=True, even_above_share=True, verbosity=0)

    assert [key.split("/")[0] for key in thrown] == ["evidence", "trash", "trash"]
    assert storages["evidence"].open(row.key).read() == papers.pdf(2)
    assert list(file_rows.without_a_row()) == []


def test_every_server_of_a_bucket_belongs_to_its_database_whatever_its_own_folder(bucket, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "another server"

    installation.demand()
    installation.demand_before_preparing()
