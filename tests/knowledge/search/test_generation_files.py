"""States on disk: one writer at a time, readers keep what they opened, damage is never taken for content."""

import gc
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest

from knowledge.search.generation_files import Damaged, Generation, Generations


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "states")


def publish(generations: Generations, key: str) -> str:
    def write(folder: Path) -> None:
        (folder / "inner").mkdir()
        (folder / "inner" / "words.txt").write_text(f"the words of {key}")
        (folder / "facts.json").write_text(f'"{key}"')

    with generations.writer() as writer:
        return writer.publish(key, write)


def newest(generations: Generations) -> Generation:
    found = generations.newest()
    assert found is not None
    return found


def states(folder: Path) -> list[str]:
    return sorted(entry.name for entry in (folder / "states").iterdir() if entry.is_dir())


def test_the_last_published_is_the_newest_and_whole(generations: Generations) -> None:
    assert generations.newest() is None
    publish(generations, "one")
    publish(generations, "two")
    found = newest(generations)
    found.verify()
    assert (found.key, (found.folder / "facts.json").read_text()) == ("two", '"two"')


def test_what_a_reader_holds_stays_and_goes_when_it_lets_go(generations: Generations, tmp_path: Path) -> None:
    first = publish(generations, "one")
    held = newest(generations)
    second = publish(generations, "two")
    assert states(tmp_path) == [first, second]
    assert (held.folder / "inner" / "words.txt").read_text() == "the words of one"
    del held
    gc.collect()
    third = publish(generations, "three")
    assert states(tmp_path) == [third]


def test_a_state_that_could_not_be_written_leaves_the_one_before(generations: Generations, tmp_path: Path) -> None:
    first = publish(generations, "one")

    def full(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise OSError(28, "No space left on device")

    with generations.writer() as writer, pytest.raises(OSError, match="No space"):
        writer.publish("two", full)
    assert states(tmp_path) == [first]
    newest(generations).verify()


def test_what_a_killed_writer_left_is_swept_by_the_next(generations: Generations, tmp_path: Path) -> None:
    publish(generations, "one")
    (tmp_path / "states" / "draft-killed").mkdir()
    (tmp_path / "states" / "draft-killed" / "facts.json").write_text("half")
    assert newest(generations).key == "one"
    assert states(tmp_path)[:-1] == ["00000001-one"]
    second = publish(generations, "two")
    assert states(tmp_path) == [second]


def _flip(path: Path, bit: int) -> None:
    found = bytearray(path.read_bytes())
    found[bit // 8] ^= 1 << bit % 8
    path.write_bytes(found)


@pytest.mark.parametrize("name", ["facts.json", "inner/words.txt", "manifest.json"])
def test_every_flipped_bit_is_noticed(generations: Generations, name: str) -> None:
    folder = newest_folder(generations)
    for bit in range(8 * (folder / name).stat().st_size):
        _flip(folder / name, bit)
        with pytest.raises(Damaged):
            newest(generations).verify()
        _flip(folder / name, bit)
    newest(generations).verify()


def newest_folder(generations: Generations) -> Path:
    publish(generations, "one")
    return newest(generations).folder


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("damage", [_cut, Path.unlink])
@pytest.mark.parametrize("name", ["facts.json", "inner/words.txt", "manifest.json"])
def test_what_is_cut_or_missing_is_noticed_and_the_next_takes_its_place(
    generations: Generations, tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(newest_folder(generations) / name)
    with pytest.raises(Damaged):
        newest(generations).verify()
    publish(generations, "two")
    newest(generations).verify()
    gc.collect()
    third = publish(generations, "three")
    assert states(tmp_path) == [third]


def test_one_writes_at_a_time(generations: Generations) -> None:
    inside: list[int] = []
    most: list[int] = []
    barrier = Barrier(4)

    def work(number: int) -> None:
        barrier.wait()
        for turn in range(10):
            with generations.writer() as writer:
                inside.append(number)
                most.append(len(inside))
                writer.publish(f"{number}.{turn}", lambda folder: (folder / "a").touch())
                inside.remove(number)

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 40
    assert max(most) == 1
    assert newest(generations).name.startswith("00000040-")
