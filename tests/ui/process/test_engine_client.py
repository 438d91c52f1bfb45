import os
import sys
import threading
import time

import pytest
from qgis.core import QgsApplication

from uhr_landcover.engine.contract import events
from uhr_landcover.engine.contract.events import ErrorCode
from uhr_landcover.ui.process.engine_client import EngineClient, Grace

QUICK = Grace(line_s=0.3, terminate_s=0.3)


def run(python, *, should_stop=lambda: False, grace=QUICK):
    heard = []
    outcome = EngineClient(python, dict(os.environ), grace).run(["plan"], heard.append, should_stop)
    return outcome, heard


@pytest.fixture(autouse=True)
def _application(qgis_app):
    return qgis_app


def test_run_passes_events_on_and_returns_the_result(fake_child):
    python = fake_child(
        "say('progress', stage='classify', done=1, total=2, unit='tiles')\nsay('result', data={'answer': 42})\n"
    )

    outcome, heard = run(python)

    assert outcome == events.Result({"answer": 42})
    assert [type(e).__name__ for e in heard] == ["Hello", "Progress"]


def test_run_foreign_lines_do_not_break_the_protocol(fake_child):
    python = fake_child("print('chatty library'); print('{\"event\": 7}')\nsay('result', data={})\n")

    outcome, heard = run(python)

    assert outcome == events.Result({})
    assert len(heard) == 1


def test_run_a_line_in_two_pieces_is_one_line(fake_child):
    python = fake_child(
        'sys.stdout.write(\'{"event": "note", "level": "info", \'); sys.stdout.flush(); time.sleep(0.3)\n'
        "print('\"message\": \"Grüße 地\"}', flush=True)\nsay('result', data={})\n"
    )

    _, heard = run(python)

    assert heard[1] == events.Note("info", "Grüße 地")


def test_run_much_stderr_does_not_stall_and_the_end_of_it_is_kept(fake_child):
    """A pipe holds 64 kB: who does not read it stalls the child."""
    python = fake_child(
        "[print('x' * 99, file=sys.stderr) for _ in range(20000)]\nprint('last', file=sys.stderr)\nsys.exit(7)\n"
    )

    outcome, _ = run(python)

    assert outcome.code is ErrorCode.ENGINE_DIED
    assert "status 7" in outcome.message
    assert outcome.details.splitlines()[-1] == "last"
    assert len(outcome.details.splitlines()) <= 200


def test_run_a_crash_is_told_from_an_error(fake_child):
    outcome, _ = run(fake_child("import os; os.kill(os.getpid(), signal.SIGSEGV)\n"))

    assert outcome.code is ErrorCode.ENGINE_DIED
    assert "ended by the system" in outcome.message


def test_run_failure_event_is_the_outcome(fake_child):
    outcome, _ = run(fake_child("say('error', code='disk_full', message='No room.')\nsys.exit(1)\n"))

    assert (outcome.code, outcome.message) == (ErrorCode.DISK_FULL, "No room.")


def test_run_unstartable_interpreter_is_a_sentence(tmp_path):
    outcome, _ = run(str(tmp_path / "nothing"))

    assert outcome.code is ErrorCode.ENVIRONMENT_MISSING
    assert "nothing" in outcome.message


def test_run_cancel_line_lets_the_engine_end_by_itself(fake_child):
    python = fake_child(
        "line = sys.stdin.readline()\nassert json.loads(line) == {'command': 'cancel'}\n"
        "say('error', code='cancelled', message='Stopped at tile 3.')\nsys.exit(3)\n"
    )

    outcome, _ = run(python, should_stop=lambda: True, grace=Grace(20, 20))

    assert (outcome.code, outcome.message) == (ErrorCode.CANCELLED, "Stopped at tile 3.")


@pytest.mark.parametrize("ignored", ["", "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"], ids=["line", "terminate"])
def test_run_child_that_ignores_the_request_is_ended(fake_child, tmp_path, ignored):
    pid_file = tmp_path / "pid"
    python = fake_child(f"{ignored}import os\nopen({str(pid_file)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n")
    start = time.monotonic()

    outcome, _ = run(python, should_stop=pid_file.exists)

    assert outcome.code is ErrorCode.CANCELLED
    assert time.monotonic() - start < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


def test_run_result_that_comes_with_the_cancel_counts(fake_child):
    python = fake_child("sys.stdin.readline()\nsay('result', data={'done': True})\n")

    outcome, _ = run(python, should_stop=lambda: True, grace=Grace(20, 20))

    assert outcome == events.Result({"done": True})


def test_run_error_in_the_listener_leaves_no_child(fake_child, tmp_path):
    pid_file = tmp_path / "pid"
    python = fake_child(
        f"import os\nopen({str(pid_file)!r}, 'w').write(str(os.getpid()))\n"
        "say('note', level='info', message='x')\ntime.sleep(60)\n"
    )

    def fail(event):
        if isinstance(event, events.Note):
            raise RuntimeError("listener")

    with pytest.raises(RuntimeError, match="listener"):
        EngineClient(python, dict(os.environ), QUICK).run(["plan"], fail, lambda: False)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


def test_run_works_in_a_worker_thread_without_an_event_loop(fake_child):
    outcomes = []
    python = fake_child("say('result', data={'thread': 1})\n")
    thread = threading.Thread(target=lambda: outcomes.append(run(python)[0]))

    thread.start()
    thread.join(20)

    assert outcomes == [events.Result({"thread": 1})]


def test_bootstrap_runs_this_folder_s_engine_and_puts_neighbours_last(tmp_path):
    """A neighbour plugin called numpy must not shadow numpy, whatever the plugin's folder is called."""
    import subprocess

    from uhr_landcover.ui.process.environment import PACKAGE_DIR

    plugins = tmp_path / "plugins"
    (plugins / "json").mkdir(parents=True)
    (plugins / "json" / "__init__.py").write_text("raise SystemExit('neighbour imported')")
    (plugins / "some-clone").symlink_to(os.path.realpath(PACKAGE_DIR))
    start = plugins / "some-clone" / "engine" / "bootstrap.py"

    answer = subprocess.run([sys.executable, "-I", str(start), "--help"], capture_output=True, text=True, cwd=plugins)

    assert answer.returncode == 0, answer.stderr
    assert "classify a raster" in answer.stdout
    assert QgsApplication.instance() is not None


def test_run_line_above_a_megabyte_is_refused_and_the_rest_read(fake_child):
    python = fake_child(
        'sys.stdout.write(\'{"event": "note", "level": "info", "message": "\' + \'x\' * 3_000_000 + \'"}\\n\')\n'
        "sys.stdout.write('y' * 20_000_000)\nsys.stdout.write(' tail\\n'); sys.stdout.flush()\n"
        "say('note', level='info', message='still there')\nsay('error', code='internal', message='end')\n"
    )

    outcome, heard = run(python)

    assert [e for e in heard if isinstance(e, events.Note)] == [events.Note("info", "still there")]
    assert outcome.details.count("left out") == 2
    assert "tail" not in outcome.details


def test_run_lines_that_are_deep_or_no_text_break_nothing(fake_child):
    python = fake_child(
        "sys.stdout.write('[' * 500_000 + '\\n'); sys.stdout.flush()\n"
        "sys.stdout.buffer.write(b'\\xff\\xfe\\x00{}\\n'); sys.stdout.buffer.flush()\nsay('result', data={})\n"
    )

    assert run(python)[0] == events.Result({})
