# Every target sets up what it needs from the hashed lock and then does its job. Needs: Python 3.11+, make, a package index.
.DEFAULT_GOAL := help
.PHONY: help setup demo up down test test-rules test-superset lint bench bench-quality lock
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PYTEST_ARGS ?= # make test PYTEST_ARGS="-k pola"
PACKAGES := contracts warehouse extractors expectations satudata samples dags bench

help: ## daftar perintah ini
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' Makefile

setup:
	@requirements/install.sh .venv requirements/dev.txt

demo: setup ## dari situs OPD contoh sampai tabel terbit, lewat Airflow; selesai sendiri
	@$(BIN)/python -m satudata demo

up: setup ## menyalakan PostgreSQL, kota contoh, dan Airflow, lalu membiarkannya menyala
	@$(BIN)/python -m satudata up

down: setup ## mematikannya
	@$(BIN)/python -m satudata down

test: setup ## semua uji, kecuali yang makan waktu bermenit-menit (.ci/run)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

RULE_TESTS := tests/expectations tests/conform/test_across.py
test-rules: setup ## setiap aturan pemeriksaan dimatikan bergantian; sebuah uji harus gagal
	@$(BIN)/python -m pytest -q -p tests.rules_off $(RULE_TESTS)

test-superset: setup ## Superset sungguhan: tersambung, daftar tabel, angka grafik, dan dasbor yang disertakan (di luar make test)
	@requirements/install.sh .venv-superset requirements/superset.txt
	@$(BIN)/python -m pytest -m superset tests/bi/test_superset.py $(PYTEST_ARGS)

lint: setup ## ruff, mypy, sqlfluff, lantai impor, kontrak, aturan rumah, docker
	@echo "== ruff"; $(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@echo "== mypy"; $(BIN)/mypy --cache-dir build/mypy --no-error-summary $(PACKAGES)
	@echo "== sqlfluff"; $(BIN)/sqlfluff lint --disable-progress-bar --processes 2 warehouse/migrations dbt_project/models
	@echo "== lantai impor"; mkdir -p build; $(BIN)/lint-imports --no-cache > build/floors.txt || { cat build/floors.txt; exit 1; }
	@echo "== kontrak"; $(BIN)/python -m satudata source check
	@echo "== aturan rumah"; $(BIN)/python -m pytest tests/house
	@echo "== Dockerfile"; $(BIN)/hadolint docker/Dockerfile

bench: setup ## ukuran kecepatan dan memori, sebagai perbandingan
	@requirements/install.sh .venv-bench requirements/bench.txt
	@$(BIN)/python -m bench

bench-quality: setup ## berapa banyak data rusak yang tertahan, dan berapa yang benar yang lolos (berkas nyata di ../shared)
	@$(BIN)/python -m bench.quality

COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: ## mengunci ulang versi semua paket (requirements/*.txt)
	@test -x .venv-lock/bin/uv || { python3 -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet uv; }
	@$(COMPILE) requirements/base.in -o requirements/base.txt
	@$(COMPILE) -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
	@$(COMPILE) -c requirements/base.txt requirements/docker.in -o requirements/docker.txt
	@$(COMPILE) requirements/bench.in -o requirements/bench.txt
	@$(COMPILE) requirements/superset.in -o requirements/superset.txt
