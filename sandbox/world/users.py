"""A user, as Discord shows one."""

from sandbox.values import Json


def new_user(user_id: str, name: str, bot: bool = False) -> Json:
    """Make the user object of someone new."""
    return {
        "id": user_id,
        "username": name.lower().replace(" ", "_"),
        "discriminator": "0",
        "global_name": name,
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "banner": None,
        "accent_color": None,
    }
