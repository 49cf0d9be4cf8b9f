"""Checks an ONNX file and runs it in onnxruntime, and in OpenVINO where that is installed:
run_onnx.py MODEL INPUT N SIDE_Y SIDE_X OUTPUT_FOLDER

INPUT holds N x 3 x SIDE_Y x SIDE_X float32. Every output goes to OUTPUT_FOLDER/NAME.bin as float32, OpenVINO's to
NAME.openvino.bin, and the outputs' shapes and the file's metadata to standard output as one JSON object.
"""
import json
import pathlib
import sys

import numpy
import onnxruntime

model, source, count, height, width, folder = sys.argv[1:]
try:
    import onnx

    onnx.checker.check_model(model, full_check=True)
    checked = True
except ImportError:
    checked = False

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 2
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
images = numpy.fromfile(source, numpy.float32).reshape(int(count), 3, int(height), int(width))
names = [output.name for output in session.get_outputs()]
values = session.run(names, {session.get_inputs()[0].name: images})
for name, value in zip(names, values):
    value.astype(numpy.float32).tofile(pathlib.Path(folder) / f"{name}.bin")

try:
    import openvino

    settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": "2", "ENABLE_CPU_PINNING": "NO"}
    answers = openvino.Core().compile_model(model, "CPU", settings)({"images": images})
    for name in names:
        answers[name].astype(numpy.float32).tofile(pathlib.Path(folder) / f"{name}.openvino.bin")
    has_openvino = True
except ImportError:
    has_openvino = False

print(json.dumps({
    "checked": checked,
    "openvino": has_openvino,
    "shapes": {name: list(value.shape) for name, value in zip(names, values)},
    "metadata": session.get_modelmeta().custom_metadata_map,
}))
