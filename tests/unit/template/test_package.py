"""The package of the functions: what the makefile that `sam build` runs would do."""

import subprocess
from pathlib import Path

import pytest

from dropcap_local.deploy.sam import template
from support.template import ROOT

CATALOGUES = sorted(path.stem.split("-")[0] for path in (ROOT / "templates" / "messages").glob("*.toml"))


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the commands that build a function, without running them."""
    return commands_of("build-RenderFunction", "functions", tmp_path_factory.mktemp("aws-sam"))


def commands_of(target: str, folder: str, place: Path, *settings: str) -> str:
    """Return the commands that make TARGET in FOLDER of the project, for a build in PLACE."""
    artifacts, makefile = place / "build" / target.removeprefix("build-"), ROOT / "infra" / "package" / "Makefile"
    return subprocess.run(  # noqa: S603  # our own command
        ["make", "-n", "-f", str(makefile), target, f"ARTIFACTS_DIR={artifacts}", *settings],  # noqa: S607
        cwd=ROOT / folder, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


def test_babel_has_the_languages_of_the_message_catalogues_only(commands: str) -> None:
    """Its data of all languages would be half of the package."""
    (line,) = [line for line in commands.replace("\\\n", " ").splitlines() if "babel/locale-data" in line]
    assert line.rstrip().endswith("-delete")
    for language in {"root", "en", *CATALOGUES}:
        assert f"! -name '{language}.dat'" in line


def test_a_build_without_the_python_of_lambda_says_so(commands: str) -> None:
    """Without bytecode each cold start compiles every module: one line says it."""
    assert 1 == commands.count("the package has no bytecode")


def test_the_packages_are_for_the_python_and_processor_of_the_functions(commands: str) -> None:
    """On every machine that builds them."""
    for option in ("--python-version 3.13", "--only-binary :all:", "manylinux2014_aarch64"):
        assert option in commands


def test_the_bytecode_is_the_same_wherever_it_is_built(commands: str) -> None:
    """It names Lambda's folder, not that of the build: equal code is not uploaded again, and tracebacks are right."""
    compiled = [line for line in commands.splitlines() if "compileall" in line]
    assert [] == [line for line in compiled if "-p /var/task" not in line]


def test_the_layer_has_compiled_templates_of_the_same_python_and_no_others(tmp_path: Path) -> None:
    """Those of this machine's Python stay out; without Lambda's Python there are none, and nothing fails."""
    script = "compile_templates.py"
    with_python = commands_of("build-TemplatesLayer", "templates", tmp_path, "HAS_PYTHON=yes").replace("\\\n", " ")
    (line,) = [line for line in with_python.splitlines() if script in line]
    assert "python3.13 " in line
    assert line.endswith("/TemplatesLayer/templates /opt/templates")
    assert "--exclude __pycache__" in with_python.split(script)[0]
    assert script not in commands_of("build-TemplatesLayer", "templates", tmp_path, "HAS_PYTHON=")


def test_one_function_is_built_and_all_others_use_its_package() -> None:
    """SAM builds makefile functions one by one: ten would be built, compressed and compared one after the other."""
    functions = {
        name: resource
        for name, resource in template((ROOT / "template.yaml").read_text(encoding="utf-8"))["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    (built,) = [name for name, function in functions.items() if "BuildMethod" in function["Metadata"]]
    others = {name: function for name, function in functions.items() if name != built}
    assert "functions/" == functions[built]["Properties"]["CodeUri"]
    assert {f".aws-sam/build/{built}"} == {function["Properties"]["CodeUri"] for function in others.values()}
    assert [{"SkipBuild": True}] * len(others) == [function["Metadata"] for function in others.values()]


def test_all_functions_run_where_the_package_was_built_for() -> None:
    """None has a runtime or a processor of its own."""
    document = template((ROOT / "template.yaml").read_text(encoding="utf-8"))
    assert {"Runtime": "python3.13", "Architectures": ["arm64"]}.items() <= document["Globals"]["Function"].items()
    assert [] == [
        name
        for name, resource in document["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function" and {"Runtime", "Architectures"} & {*resource["Properties"]}
    ]
