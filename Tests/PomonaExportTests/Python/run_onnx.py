"""Checks an ONNX file and runs it in onnxruntime: run_onnx.py MODEL INPUT N SIDE_Y SIDE_X OUTPUT_FOLDER

INPUT holds N x 3 x SIDE_Y x SIDE_X float32. Every output goes to OUTPUT_FOLDER/NAME.bin as float32, and the outputs'
shapes and the file's metadata to standard output as one JSON object.
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
print(json.dumps({
    "checked": checked,
    "shapes": {name: list(value.shape) for name, value in zip(names, values)},
    "metadata": session.get_modelmeta().custom_metadata_map,
}))
