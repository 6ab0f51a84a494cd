"""A folder that other machines share is recognised."""

from pathlib import Path

import pytest

from cpit_research.store.location import shared_by

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
srv:/études /mnt/labo nfs4 rw 0 0
//srv/partage /mnt/deux\\040mots cifs rw 0 0
/dev/sdb1 /mnt/labo/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "shared"),
    [
        ("/srv/ana/étude", ""),
        ("/mnt/labo/étude", "nfs4"),
        ("/mnt/laboratoire", ""),
        ("/mnt/labo/local/étude", ""),
        ("/mnt/deux mots/x", "cifs"),
        ("/srv/ana/Dropbox (Labo)/étude", "Dropbox"),
        ("/srv/ana/Library/Mobile Documents/étude", "iCloud"),
        ("/srv/ana/mes dropboxes", ""),
    ],
)
def test_a_network_disk_or_a_synchronised_folder_is_named(folder, shared):
    assert shared_by(Path(folder), MOUNTS) == shared


def test_the_disk_of_this_machine_is_looked_up(tmp_path):
    assert isinstance(shared_by(tmp_path), str)
