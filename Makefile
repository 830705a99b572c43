# A thin face over scripts/, tools/ and CMakePresets.json.
.DEFAULT_GOAL := help
.PHONY: help build package demo test check check-all format bench soak fuzz clean

SEEDS ?= 1000
SECONDS ?= 60
JOBS ?= $(shell nproc)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

build: ## the release programs, left in build/bin
	@scripts/setup build
	@scripts/configure release
	@cmake --build --preset release -j $(JOBS)

package: build ## a Debian package in build/packages
	@cpack --config build/release/CPackConfig.cmake -B build/packages >build/packages.log || { cat build/packages.log; exit 1; }
	@rm -rf build/packages/_CPack_Packages && ls build/packages/*.deb

demo: build ## a night of three regions from simulated Amazon into simulated SAP, in build/demo
	@rm -rf build/demo
	build/bin/ml-connector demo --once --state build/demo

test: ## every test, under the address and undefined-behaviour sanitizers
	@scripts/setup check
	@scripts/test

check: ## format, layers, lengths, texts, scripts; clang-tidy as far as time allows
	@scripts/setup check
	@tools/check

check-all: ## the same, with clang-tidy over the whole tree
	@scripts/setup check
	@tools/check --all

format: ## lets clang-format rewrite the C++ files
	@scripts/setup check
	@tools/check_format --fix

bench: ## the benchmarks
	@scripts/bench

soak: ## the simulation with SEEDS seeds (1000)
	@scripts/setup build
	@scripts/configure release
	@cmake --build --preset release --target simulation -j $(JOBS)
	build/release/bin/simulation --seeds $(SEEDS)

fuzz: ## every fuzzer for SECONDS each (60), from its seeds
	@scripts/setup check
	@scripts/fuzz $(SECONDS)

clean: ## removes everything that was built
	rm -rf build
