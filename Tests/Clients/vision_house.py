"""Starts the program itself, has it learn from rendered photos, and drives every client of the Vision API against it.

Usage: vision_house.py PROGRAM [SAMPLE]
where SAMPLE is what `pomona sample` wrote; else it is rendered first.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import requests
from cognitive_service_vision_model_customization_python_samples import ProductRecognition

# Each brings its rows; those of this file come last and end the undertaking.
import vision_customization  # noqa: F401, I001
import vision_curl  # noqa: F401
from rows import raises, row, run_rows
from vision_customization import Undertaking
from vision_photos import Sample
from vision_server import Server, vision_arguments

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Web/Browser"))
from server import House  # noqa: E402


@row("a model that was trained becomes the built-in one")
def _(work):
    house = work.house
    session = json.loads(pathlib.Path(house.folder, "server.json").read_text())["session"]
    cookies = {"pomona_session": session}

    def get(path, **query):
        answer = requests.get(f"{house.url}/api/v1{path}", cookies=cookies, params=query, timeout=120)
        assert answer.status_code == 200, answer.text
        return answer

    groups = [group["id"] for group in get("/groups").json()["items"]]
    models = [model for group in groups for model in get(f"/groups/{group}/models").json()["items"]]
    model = next(model["id"] for model in models if model["name"] == "fruit")
    file = pathlib.Path(house.folder, "..", "built-in.safetensors").resolve()
    file.write_bytes(get(f"/models/{model}/download", format="safetensors").content)
    house.stop()
    house.options += ["--built-in-model", str(file)]
    house.start()
    built_in = ProductRecognition("any", "ms-pretrained-product-detection")
    products = work.recognition.create_run(built_in, work.photo.data).result["products"]
    assert {product["tags"][0]["name"] for product in products} == {"apple", "orange"}, products


@row("azure-ai-vision-imageanalysis, answered by it")
def _(work):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "analysis_client.py")
    command = [sys.executable, script, *vision_arguments(work.house.card), str(work.folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@row("delete")
def _(work):
    work.training.delete_model("fruit")
    for name in ["fruit-train", "fruit-test"]:
        work.datasets.delete_dataset(name)
    error = raises(requests.HTTPError, lambda: work.datasets.query_dataset("fruit-train"))
    assert error.response.status_code == 404
    error = raises(requests.HTTPError, lambda: work.training.query_model("fruit"))
    assert error.response.status_code == 404


def main(program, sample=None):
    with tempfile.TemporaryDirectory(prefix="pomona-vision-") as folder:
        if not sample:
            sample = os.path.join(folder, "sample")
            subprocess.run([program, "sample", sample], check=True, stdout=subprocess.DEVNULL)
        data = os.path.join(folder, "data")
        os.makedirs(data)
        house = House(program, data)
        try:
            work = Undertaking(Server(vision_arguments(house.card)), Sample(sample))
            work.house, work.folder = house, sample
            run_rows(work)
        finally:
            house.stop()


main(*sys.argv[1:])
