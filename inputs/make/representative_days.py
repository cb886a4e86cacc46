"""Choose the representative days of `inputs/calendar.csv` from the hourly year 2019 of France.

    python inputs/make/representative_days.py REFERENCE_FOLDER [FILE]

    profiles   x[p,h] = Σ_s share[p,s] · series[s,h] / mean_h series[s,h]     profile_mix.csv
    extreme    the day where mean heat − mean wind is largest, each relative to its year mean;
               it is kept as it is and stands for itself only (weight: 1 day)
    others     Ward's hierarchical clustering of the 364 other days, each the vector of its hourly
               FEATURES divided by their deviations; a cluster weighs its size and is represented
               by its medoid: the real day with the least squared distance to the others, season
               included (SEASON_WEIGHT), so that the day also sits in the middle of its season
    rescale    each profile of the medoids × one factor, so that the year mean is that of 2019

Writes FILE (`inputs/calendar.csv`) and prints the table of errors of `docs/calendar.md`. The hourly
year in the reference folder is read, never shipped.

References
----------
Nahmmacher, P. et al., Carpe diem: a novel approach to select representative days for long-term
power system modeling, Energy 112 (2016), 430–442, doi:10.1016/j.energy.2016.06.081.
Hoffmann, M. et al., A review on time series aggregation methods for energy system models,
Energies 13 (2020), 641, doi:10.3390/en13030641.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

Array = NDArray[np.float64]

HERE = Path(__file__).resolve().parent
HOURLY = Path("08_horaire_france_2019", "france_2019_horaire.csv")
MONTHLY = Path("10_eco2mix_mensuel_regional_2013_2017", "eco2mix_mensuel_gwh.csv")
COUNTS = (4, 8, 12)
FEATURES = ["wind", "solar", "residential-heat", "load"]
PROFILES = [
    "wind", "solar", "hydro", "residential-heat", "tertiary-heat",
    "residential-power", "tertiary-power", "industry", "mobility", "price",
]  # fmt: skip
DAY = 24
SEASON_WEIGHT = 0.5
SEASONS = ("winter", "spring", "summer", "autumn")
RESIDUALS = ((0.072, 0.025), (0.4, 0.2))  # 2019 (RTE: 34.1 and 11.6 of 470 TWh); a high share
PROVENANCE = {"source": "calendar-method", "status": "estimated"}


# --- the full year -----------------------------------------------------------------------


def full_year(reference: Path) -> pd.DataFrame:
    """Hourly profiles of 2019 (8760 rows, CET), a column for each profile of the mix."""
    hourly = pd.read_csv(reference / HOURLY, parse_dates=["heure_cet"], index_col="heure_cet")
    time = pd.DatetimeIndex(hourly.index)
    charging = pd.read_csv(HERE / "charging.csv")["charging [1]"].to_numpy()
    hourly["constant"] = 1.0
    hourly["charging"] = charging[time.hour]
    hourly["hydraulic_normandie"] = hydraulic(reference).reindex(time.month).to_numpy()
    series = hourly / hourly.mean()
    mix = pd.read_csv(HERE / "profile_mix.csv").pivot(
        index="series", columns="profile", values="share [1]"
    )
    mixed = series[mix.index].dot(mix.fillna(0.0))[[*PROFILES, "load"]]
    return mixed.clip(lower=0.0)


def hydraulic(reference: Path) -> pd.Series[float]:
    """Mean hydraulic power of Normandie in each month of 2013–2016 [GWh/day]."""
    table = pd.read_csv(reference / MONTHLY, parse_dates=["mois"])
    table = table[(table["zone"] == "Normandie") & (table["mois"].dt.year < 2017)]
    power: pd.Series[float] = table["hydraulic"] / table["mois"].dt.days_in_month
    return power.groupby(table["mois"].dt.month).mean()


# --- the choice --------------------------------------------------------------------------


def extreme_day(year: pd.DataFrame) -> int:
    """Find the coldest windless day: largest mean heat − wind, relative to their year means."""
    daily = by_day(year / year.mean()).mean(axis=1)
    heat, wind = (daily[:, year.columns.get_loc(name)] for name in ("residential-heat", "wind"))
    return int(np.argmax(heat - wind))


def by_day(year: pd.DataFrame) -> Array:
    """Arrange the hours as (day, hour of day, profile)."""
    return year.to_numpy().reshape(-1, DAY, year.shape[1])


def choose(year: pd.DataFrame, count: int) -> dict[int, int]:
    """Day of the year → days that it stands for, in chronological order; sums to 365."""
    extreme = extreme_day(year)
    others = np.delete(np.arange(len(year) // DAY), extreme)
    features = by_day(year[FEATURES] / year[FEATURES].std()).reshape(-1, DAY * len(FEATURES))
    seasoned = np.hstack([features, SEASON_WEIGHT * np.sqrt(DAY) * season(len(features))])
    label = fcluster(linkage(features[others], "ward"), count - 1, "maxclust")
    weights = {extreme: 1}
    for cluster in np.unique(label):
        members = others[label == cluster]
        weights[int(members[np.argmin(distances(seasoned[members]).sum(axis=1))])] = len(members)
    return dict(sorted(weights.items()))


def distances(points: Array) -> Array:
    """Square the distance between every two points."""
    return np.asarray(((points[:, None] - points[None]) ** 2).sum(axis=2))


def season(days: int) -> Array:
    """Place of each day on the circle of the year, two coordinates of deviation 1."""
    angle = 2 * np.pi * np.arange(days) / days
    return 2**0.5 * np.column_stack([np.cos(angle), np.sin(angle)])


# --- the calendar ------------------------------------------------------------------------


def rescale(days: Array, weights: Array, kept: int, mean: Array) -> Array:
    """Scale each profile of every day but `kept` so that its weighted mean is `mean`."""
    part = days.mean(axis=1) * (weights / weights.sum())[:, None]
    factor = np.ones((len(days), 1, days.shape[2]))
    factor[np.arange(len(days)) != kept] = (mean - part[kept]) / (part.sum(axis=0) - part[kept])
    return days * factor


def calendar(year: pd.DataFrame, count: int) -> pd.DataFrame:
    """Rows of `inputs/calendar.csv` for one calendar of `count` days."""
    chosen = choose(year, count)
    position = list(chosen)
    weights = np.array(list(chosen.values()), dtype=float)
    kept = position.index(extreme_day(year))
    values = rescale(by_day(year)[position], weights, kept, year.mean().to_numpy())
    labels = day_labels(pd.DatetimeIndex(year.index)[::DAY][position], kept)
    rows = pd.DataFrame(
        {
            "calendar": f"{count}-days",
            "day": np.repeat(labels, DAY),
            "hour [h]": np.tile(np.arange(DAY), count),
            "hours [h]": 1,
            "weight [day]": np.repeat(weights, DAY).astype(int),
        }
    )
    profiles = pd.DataFrame(values.reshape(-1, year.shape[1]), columns=year.columns)
    return rows.join(profiles.map(lambda value: float(f"{value:.5g}")))


def day_labels(dates: pd.DatetimeIndex, kept: int) -> list[str]:
    """Names like `winter-1`, numbered within the season; `extreme` for the day kept apart."""
    seen: dict[str, int] = {}
    labels = []
    for position, month in enumerate(dates.month):
        season = "extreme" if position == kept else SEASONS[month % 12 // 3]
        seen[season] = seen.get(season, 0) + 1
        labels.append(season if position == kept else f"{season}-{seen[season]}")
    return labels


# --- the errors --------------------------------------------------------------------------


def measures(days: pd.DataFrame, year: pd.DataFrame) -> dict[str, float]:
    """Tell what is kept and what is lost; `days` has the 8760 rows and the columns of `year`."""
    mean = year.mean()
    gap = (days / mean).apply(np.sort) - (year / mean).apply(np.sort)
    relative = days / mean
    item = {"largest error of a year mean": float((relative.mean() - 1).abs().max())}
    item["largest value of a profile / that of 2019"] = float((days.max() / year.max()).max())
    for profile, value in np.sqrt((gap**2).mean()).items():
        item[f"duration curve, {profile}"] = float(value)
    item["peak hour of residential heat / mean"] = float(relative["residential-heat"].max())
    item["lowest wind / mean"] = float(relative["wind"].min())
    item["correlation of wind and residential heat"] = _correlation(days, "residential-heat")
    item["correlation of wind and solar"] = _correlation(days, "solar")
    for wind, solar in RESIDUALS:
        residual = relative["load"] - wind * relative["wind"] - solar * relative["solar"]
        name = f"residual load / mean load with {wind:.0%} wind and {solar:.0%} solar"
        item[f"highest {name}"] = float(residual.max())
        item[f"lowest {name}"] = float(residual.min())
    return item


def _correlation(days: pd.DataFrame, other: str) -> float:
    return float(np.corrcoef(days["wind"], days[other])[0, 1])


def expanded(rows: pd.DataFrame, year: pd.DataFrame) -> pd.DataFrame:
    """Repeat each hour by its weight: the year as the calendar tells it."""
    hours = rows.index.repeat(rows["weight [day]"])
    return rows.loc[hours, list(year.columns)].set_axis(year.index)


def main(reference: Path, file: Path = HERE.parent / "calendar.csv") -> None:
    """Write the table and print its errors, as Markdown."""
    year = full_year(reference)
    calendars = [calendar(year, count) for count in COUNTS]
    table = pd.concat(calendars).drop(columns="load").assign(**PROVENANCE)
    table.to_csv(file, index=False, lineterminator="\n")
    columns = {"2019": measures(year, year)}
    for count, rows in zip(COUNTS, calendars, strict=True):
        columns[f"{count} days"] = measures(expanded(rows, year), year)
        sys.stdout.write(f"{count} days: {', '.join(described(year, count, rows))}\n")
    sys.stdout.write(markdown(pd.DataFrame(columns)))


def described(year: pd.DataFrame, count: int, rows: pd.DataFrame) -> list[str]:
    """Label, date and weight of each day of a calendar."""
    dates = pd.DatetimeIndex(year.index)[::DAY]
    chosen = zip(rows["day"].unique(), choose(year, count).items(), strict=True)
    return [f"{label} ({dates[day]:%d/%m}) {weight}" for label, (day, weight) in chosen]


def markdown(table: pd.DataFrame) -> str:
    """`table` as Markdown, three decimals."""
    lines = [["", *table.columns], ["---", *["---:"] * table.shape[1]]]
    lines += [[str(item), *(f"{value:.3f}" for value in row)] for item, row in table.T.items()]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
