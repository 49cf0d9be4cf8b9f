# Everything a person or a machine does with this project starts here.
SWIFT_FLAGS := -c release -Xswiftc -enable-testing

.PHONY: setup build test lint format sizes

setup:
	@bash scripts/setup.sh

build: setup
	swift build $(SWIFT_FLAGS) --build-tests

# One build serves programs and tests: tensor code without optimisation is many times slower.
test: build
	OMP_WAIT_POLICY=PASSIVE swift test $(SWIFT_FLAGS) --skip-build

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

sizes:
	@git ls-files 'Sources/*.swift' 'Sources/*.cpp' 'Sources/*.c' 'Sources/*.h' 'Tests/*.swift' \
		| xargs wc -l | sort -n | tail -20
