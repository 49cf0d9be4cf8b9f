# Everything a person or a machine does with this project starts here.
SWIFT_FLAGS := -c release -Xswiftc -enable-testing

ARGUMENTS ?=

.PHONY: setup clients build programs run demo test test-torch2 bench bench-accuracy bench-server bench-studio lint format \
	sizes

setup:
	@bash scripts/setup.sh

# The foreign clients that tests drive against our server; without a network those tests are skipped by name.
clients:
	@bash scripts/setup-clients.sh

# Named one by one, because building everything also builds the compilers that dependencies bring for their plugins.
PRODUCTS := pomona-engine pomona pomona-bench pomona-engine-bench PomonaPackageTests

build: setup
	@for product in $(PRODUCTS); do swift build $(SWIFT_FLAGS) --product $$product || exit 1; done

programs: setup
	@for product in pomona-engine pomona; do swift build $(SWIFT_FLAGS) --product $$product || exit 1; done

# Starts the studio. ARGUMENTS are those of `pomona serve`.
run: programs
	@bash scripts/offer-foundation.sh .build/release/pomona $(ARGUMENTS)
	.build/release/pomona serve $(ARGUMENTS)

# Does the whole exercise on rendered photos and prints where its report page lies.
demo: programs
	.build/release/pomona demo --output pomona-demo

# One build serves programs and tests: tensor code without optimisation is many times slower.
# Servers and the queue are tested apart: tests that compute hold the few threads on which answers wait.
# No more than a few tests at once: a hundred that begin together hold each other up for half a minute on two cores.
SERVER_TESTS := 'PomonaAPITests|PomonaJobsTests'
test: export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 6
test: build clients
	OMP_WAIT_POLICY=PASSIVE swift test $(SWIFT_FLAGS) --skip-build --skip $(SERVER_TESTS)
	OMP_WAIT_POLICY=PASSIVE swift test $(SWIFT_FLAGS) --skip-build --filter $(SERVER_TESTS)

# Builds and tests against a newer libtorch: LIBTORCH names its folder. It has a build folder of its own.
test-torch2: setup
	@[ -n "$(LIBTORCH)" ] || { echo "test-torch2: set LIBTORCH to the folder of an installed torch" >&2; exit 64; }
	@for product in $(PRODUCTS); do \
		swift build $(SWIFT_FLAGS) --product $$product --scratch-path .build-torch2 || exit 1; done
	OMP_WAIT_POLICY=PASSIVE swift test $(SWIFT_FLAGS) --skip-build --scratch-path .build-torch2

# Figures against peers, both sides in one run. The peers come from pip; PYTHON names an interpreter that has them:
# torch, onnxruntime, openvino, safetensors, pillow, numpy and pycocotools. WEIGHTS, ONNX and PHOTOS name published
# weights and a folder of photos, COCO the labels of those; without them the network and prediction are left out.
PYTHON ?= python3
bench: build
	-$(PYTHON) Benchmarks/evaluation/compare.py
	-$(PYTHON) Benchmarks/coco/compare.py .build/release/pomona-bench
	-@if [ -n "$(WEIGHTS)" ]; then \
		$(PYTHON) Benchmarks/network/compare.py --weights "$(WEIGHTS)" --onnx "$(ONNX)" --photos "$(PHOTOS)" --coco "$(COCO)"; \
	else echo "bench: WEIGHTS, ONNX and PHOTOS are not set; the network is left out"; fi
	-@if [ -n "$(WEIGHTS)" ] && [ -n "$(PHOTOS)" ]; then \
		$(PYTHON) Benchmarks/prediction/compare.py --weights "$(WEIGHTS)" --photos "$(PHOTOS)"; \
	else echo "bench: WEIGHTS and PHOTOS are not set; prediction is left out"; fi

# How good models get with few photos: DATA names a folder of labelled sets, FOUNDATIONS what to start from. Hours.
FOUNDATIONS ?= pomona
bench-accuracy: programs
	$(PYTHON) Benchmarks/accuracy/measure.py .build/release/pomona --data "$(DATA)" \
		$(foreach foundation,$(FOUNDATIONS),--foundation "$(foundation)")

# What the server, the pages, labeling and Azure's routes promise, measured. CLIENTS is a Python with the clients (make
# clients). PHOTOS is an exercise folder and WEIGHTS published weights; without them Analyze and pre-labels are left out.
CLIENTS ?= .clients/bin/python
bench-server: build clients
	-$(PYTHON) Benchmarks/house/idle.py .build/release/pomona
	-$(CLIENTS) Benchmarks/house/large_import.py .build/release/pomona .build/release/pomona-bench
	-$(PYTHON) Benchmarks/house/days.py .build/release/pomona --rounds 100
	-@if [ -n "$(WEIGHTS)" ] && [ -n "$(PHOTO)" ]; then $(CLIENTS) Benchmarks/azure/measure.py .build/release/pomona \
		.build/release/pomona-bench --weights "$(WEIGHTS)" --photo "$(PHOTO)"; \
	else echo "bench-server: WEIGHTS and PHOTO (a JPEG) are not set; Azure's routes are left out"; fi
	-$(CLIENTS) Benchmarks/labeling/measure.py .build/release/pomona \
		$(if $(PHOTOS),--photos "$(PHOTOS)") $(if $(WEIGHTS),--weights "$(WEIGHTS)")

# How quick the studio's pages are in headless Chromium; CLIENTS has playwright, pillow and numpy. Minutes, on a quiet machine.
bench-studio: programs clients
	$(CLIENTS) Benchmarks/studio/measure.py .build/release/pomona

lint:
	@bash scripts/check-imports.sh
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

sizes:
	@git ls-files 'Sources/*.swift' 'Sources/*.cpp' 'Sources/*.c' 'Sources/*.h' 'Tests/*.swift' \
		| xargs wc -l | sort -n | tail -20
